"""Screens of information: the list, one item from its first word to its withdrawal, documents in force."""
