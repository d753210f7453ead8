"""Screens of redaction: marking a page, comparing what was built, releasing it."""
