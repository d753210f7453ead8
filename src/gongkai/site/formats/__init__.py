"""Date formats of the platform."""
