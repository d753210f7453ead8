"""The desk of disclosure on request: what is due, one page a case, registration, decisions and their signing."""
