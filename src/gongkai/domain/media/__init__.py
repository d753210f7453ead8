"""网站和新媒体名录: the register of sites and accounts, and their inspection.

Nouns: a :class:`~.models.Site` with the :class:`~.models.SiteColumn` s that are looked at, an
:class:`~.models.Account` on a platform, the :class:`~.models.Alteration` s of either (opened, renamed, moved,
merged, closed, each a recorded act), a :class:`~.models.Probe` of a site, an :class:`~.models.Inspection` with
its result sheet. Verbs: open, amend, rename, move, merge, close, inspect, judge, conclude.

The checker fetches registered sites of the organisation and nothing else: :class:`~.fetching.Fetcher` refuses other
hosts, private addresses, and redirects that lead away; it is slow on purpose and honours ``robots.txt``.
"""
