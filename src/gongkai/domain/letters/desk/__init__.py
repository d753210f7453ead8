"""Letters at the desk: written beside what they will say, sent, delivered; templates and seals of an office."""
