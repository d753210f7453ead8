"""Letters and case files (文书与案卷) of disclosure on request.

:mod:`gongkai.core.letters` knows what a letter says; here an office writes one from the facts of a case, numbers and
seals it, sends it and can prove that it arrived. The rows of letters belong to :mod:`gongkai.domain.applications`.

Nouns: :class:`~.models.LetterOffice` (how an office signs: mark, seal, who hears reconsiderations),
:class:`~.models.Adaptation` (a template in an office's own words, version by version) and :class:`~.models.CaseFile`
(a case put together at its end). Verbs: ``set_office``, ``set_seal``, ``adapt``, ``draft``, ``issue``, ``deliver`` and
``assemble_case``.
"""
