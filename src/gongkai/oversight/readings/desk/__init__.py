"""The reading room's screens at the desk."""
