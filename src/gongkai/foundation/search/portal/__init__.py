"""The public search page, its suggestions and its feed. All of it reads without JavaScript."""
