"""Screens of review: what waits for one's signature, and who signs what."""
