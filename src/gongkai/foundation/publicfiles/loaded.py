"""Imported by the server that writers are forked off: loads the platform once for all of them."""

import django
from django.urls import get_resolver

django.setup()
get_resolver().url_patterns  # noqa: B018  # reading it imports every view
