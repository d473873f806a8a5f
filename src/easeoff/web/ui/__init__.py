"""What every page shares: the frame, the look, errors, help now, and the quick way out."""
