"""The medicine pages: what is known of each, how sure we are, and what is missing."""
