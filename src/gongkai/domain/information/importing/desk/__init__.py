"""The screens of bulk import."""
