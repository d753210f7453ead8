"""保密审查和分级审批: nothing becomes public before everybody who has to sign has signed exactly that.

Articles 16 and 17 of the Regulations (2019): an organ reviews what it means to publish, and the review is
recorded. A :class:`~gongkai.domain.review.models.Chain` says who signs for an organisation and an importance
(一般, 重要, 特别重要); it is a Wagtail workflow whose steps are
:class:`~gongkai.domain.review.models.SigningTask`. A :class:`~gongkai.domain.review.models.Review` is about one
exact content, told by its digest; a :class:`~gongkai.domain.review.models.Signature` is never changed again, which
triggers see to on both engines.

The area does not know what is reviewed: whoever asks for a review registers its kind with
:func:`~gongkai.domain.review.subjects.register_subject` and hears the end of it by the signals of
:mod:`~gongkai.domain.review.events`. The table of such a subject asks ``review_complete`` in a trigger of its own.
"""
