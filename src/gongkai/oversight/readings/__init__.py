"""The reading room: published reports of anyone, read by the machine and judged by people.

Articles 49 and 50 of the Regulations (2019) say what an annual report holds; article 46 who supervises.
Nouns: a :class:`~.models.Reading` (one document and what was read from it) with its
:class:`~.models.Transcript` (the text and the machine's reading, never changed by hand), its
:class:`~.models.Finding` s, the :class:`~.models.Correction` of a cell and the
:class:`~.models.Decision` on a finding. Verbs: receive, read, correct, decide, describe, discard.

The machine's reading and what people say about it are kept apart: a correction stands beside the
figure that was read, and the checks run again on both together.
"""
