"""The automatic check before publication: what stands in the text and the files of an item that should not be public.

Rules and their reasons come from ``core/screening``. This area runs them on an item (:func:`~.findings.findings`),
remembers why somebody lets a finding stand (:class:`~.models.Kept`) and refuses the way to the review while one is
unanswered (:func:`~.gate.answered`). An office's own words stand in :class:`~.models.ListedWord`.

It stands above the items, because it changes them by their own actions, and they know it only by the gate that it
registers. Files were looked into when they came; nothing here opens one.
"""
