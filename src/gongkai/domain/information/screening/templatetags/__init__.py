"""Tags of the pre-check."""
