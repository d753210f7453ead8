"""Statistics: what is counted, by whom, and on what ground.

Article 49 and 50 of the Regulations (2019) ask for figures; ``law/indicators`` says what each means and
in which cell of which form it stands.
A figure is either *computed*, a question asked of records (areas offer them in their ``figures.py``, see
:mod:`gongkai.foundation.figures`), or *declared*: said by a person on a ground.
Noun: :class:`~.models.Declaration`. Verbs: declare, withdraw. Nothing is overwritten: a later declaration
supersedes the earlier one, and the database refuses to change either.
"""
