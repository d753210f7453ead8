"""The engines: embedded tantivy, and PostgreSQL."""
