"""The report office's screens at the desk."""
