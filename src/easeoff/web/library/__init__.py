"""Understand: our own articles, the shelf of other people's work, and a curve to try."""
