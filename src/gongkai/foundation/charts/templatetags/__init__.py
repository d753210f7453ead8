"""Template tags of the public reports."""
