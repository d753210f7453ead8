"""Signed packages for a network without connection.

A package is a ZIP with ``manifest.json`` (what is in it, from where to where in the journal, a SHA-256 for each
file), ``manifest.sig`` (an Ed25519 signature over exactly those bytes), ``records.jsonl`` (the changes, as
``/api/v1/changes`` tells them) and ``files/<sha256>`` (public copies of attachments). Nothing of a package is
believed before its signature and all digests have been checked; importing it again changes nothing.
"""
