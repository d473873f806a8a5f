"""Copies of the database that can be put back: made whole or not at all, checked before they count, never written over."""
