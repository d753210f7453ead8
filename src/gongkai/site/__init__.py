"""How it is put together: settings, URLs, the shells of portal and desk."""
