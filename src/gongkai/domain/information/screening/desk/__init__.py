"""Screens of the pre-check and of the word list."""
