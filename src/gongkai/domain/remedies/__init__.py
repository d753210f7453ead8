"""Remedies (行政复议、行政诉讼、举报投诉): article 51 of the Regulations, and what follows from a ruling.

The noun is a :class:`~.models.Remedy`: what somebody set going against a decision, or against there being none. The
verbs: ``lodge``, ``defend``, ``conclude``, ``learn`` and ``renew`` (decide again, as a new round of the application).
"""
