"""政府信息公开专栏: each organisation's section with its prescribed parts, columns, items, feeds, site map.

Everything shown here comes from ``Item.objects.public()`` and from columns and guides; nothing else is
asked. Every page is a file (``public_pages``): ``dependencies`` knows which pages show an item, and ``listing``
keeps the pages of a column such that an old page hardly ever changes: page 1 has the oldest items, and a new
item stands on the last page.

Modules: ``addresses`` (where everything stands), ``sections`` (an organisation's columns as a reader sees
them), ``items`` (what a page of an item shows), ``lists``, ``listing``, ``feeds``, ``views``.
"""
