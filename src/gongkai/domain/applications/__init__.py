"""Disclosure on request (依申请公开): articles 27 to 45 of the Regulations.

Nouns: an :class:`~.models.Application` (one request, one case), its :class:`~.models.Fact` (what happened on which
day, never changed), its :class:`~.models.Term` (who owes what by when), :class:`~.models.Party` (whose opinion is
asked), :class:`~.models.Document` (files of the case), :class:`~.models.Decision` (what is to be decided, signed by a
chain), :class:`~.models.Letter` (what goes out) and :class:`~.models.Note`.

Verbs: ``register``, ``proceed`` (anything of the table of the life cycle, ``law/lifecycle``), ``strike`` (leave out a
fact that was noted down wrongly), ``draft_decision`` and ``hand_in``. Each ends by following all facts anew
(:mod:`gongkai.core.lifecycle`): the row of the application and its terms say what follows from them, and nothing else.
"""
