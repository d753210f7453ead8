"""The directory: where an organisation's information stands, and what it owes to the public by when.

Articles 12, 20, 21 and 26 of the Regulations (2019) and the standard directory of the grass roots.
Nouns: :class:`~.models.Column` (a page of the disclosure section). Verbs: set up, add, rename, move,
merge, close. Others ask ``Column.objects.of(organisation)`` for the columns in their order.
"""
