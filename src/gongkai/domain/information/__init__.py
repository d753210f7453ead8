"""政府信息: what an office makes public, from the draft to the page and its later life.

Articles 2, 13, 17–24 of the Regulations (2019). Nouns: :class:`~.models.Item` with its
:class:`~.models.ItemFile` and :class:`~.models.Link` to other items, :class:`~.models.ChangeNote` for what was
corrected or taken back. Verbs: draft, save, submit, recall, publish, withdraw, restore, move, classify.

The row of an item *is* what the public sees as long as it is ``live``; what is changed meanwhile waits in
Wagtail's revisions. A trigger refuses ``live`` without a complete review of exactly the content of the row
(its ``digest``), and refuses to change that content without another review. Whoever shows items to the public
asks :meth:`Item.objects.public` and nothing else, and hears of changes by :mod:`~.events`.
"""
