"""批量导入: many items at once, from a spreadsheet with files, a WordPress export, or the organisation's own old site.

Nouns: a :class:`~.models.Batch` (one import), its :class:`~.models.Line` s with what was wrong with each,
the :class:`~.models.Provenance` of an item that came in (no source key is taken in twice), and the
:class:`~.models.Fingerprint` by which items that are nearly the same are found. Verbs: begin, settle,
check, run, discard.

What comes in goes through the same actions as what people write: drafts, or, for what an office
reviewed elsewhere, items with their review noted and its papers named. Nothing is invented: a line that
cannot be understood is refused, with what to do, and can be downloaded, corrected and brought again.
"""
