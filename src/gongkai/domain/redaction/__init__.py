"""Redaction at the desk (区分处理): a document, what is covered in it on which ground, and the file that goes out.

The nouns: a :class:`Redaction` (one source for one audience), its :class:`RedactionPage` s for the screen, and its
:class:`RedactionMark` s, proposed by rules or drawn by a person, each accepted or undone. The verbs: begin, mark,
decide, build, release. Building and looking at what was built is done by :mod:`gongkai.core.redaction`.

It knows nothing of what it is for. How another app takes part::

    register_subject(Subject("applications.application", title=…, href=…, may_mark=…, released=…))   # in ready()
    redaction = begin(stored, subject="applications.application", key=7, organisation=…, audience="applicant", by=reader)

``released`` is called inside the transaction in which the output becomes final.
"""
