"""The office's work, one Django app an area."""
