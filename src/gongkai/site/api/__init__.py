"""Open data: what is public, for machines.

``/api/v1/`` answers with JSON (:mod:`.routes`, OpenAPI at ``openapi.json``, a page for people at its root),
``/data/`` holds dumps as files, ``/api/v1/catalog.jsonld`` describes both (DCAT). :mod:`.journal` remembers
in the order of time what became public, changed or went, so that whoever follows it by ``/changes`` misses
nothing; packages of it, signed, go over networks without connection (:mod:`.exchange`).

Everything here asks ``Item.objects.public()`` and its like, and never anything else. Nobody needs a key; a
key (for the exchange with the level above) only raises the limits.
"""
