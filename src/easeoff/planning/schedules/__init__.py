"""Schedules that others made: published ones, and what people paste; read, measured and checked, never repaired."""
