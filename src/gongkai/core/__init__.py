"""Pure Python that has never heard of Django: the clock, the forms, the reader, the checks."""
