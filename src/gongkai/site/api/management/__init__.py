"""Commands of the open data."""
