"""Organisations: who is bound to disclose, from the province down to townships and enterprises.

Articles 4, 10, 54 and 55 of the Regulations (2019) say who they are, article 12 what their guides
tell the public.
Nouns: :class:`~.models.Organisation` (a node of one tree), its :class:`~.models.Name` in every time,
the :class:`~.models.Change` that made it what it is, its :class:`~.models.Guide`, and the
:class:`~.models.Post` that ties a person to it. Verbs: found, rename, merge, close, move, appoint.

Other areas point at ``organisations.Organisation`` and filter by ``organisation__path``: whatever
begins with the path of a unit lies below it. ``queries`` has the questions, ``policies`` who sees.
"""
