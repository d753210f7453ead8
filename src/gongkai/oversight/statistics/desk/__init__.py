"""Statistics' screens at the desk."""
