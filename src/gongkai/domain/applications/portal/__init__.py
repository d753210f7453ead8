"""The applicant's side: applying without an account, following the case with its number and a secret code.

What is typed stands in a :class:`~.models.Draft`, sealed, from the first step on; the browser holds a session
that names it, and nothing personal is ever in an address. Submitting turns the draft into an application
(:mod:`.submitting`). Following (:mod:`.following`) knows a case by number and code alone: a wrong code and an
unknown number are the same answer in the same time.
"""
