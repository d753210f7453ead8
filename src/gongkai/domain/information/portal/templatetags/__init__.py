"""Template tags of the disclosure section."""
