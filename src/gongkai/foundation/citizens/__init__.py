"""Accounts of the public: optional, small, and nothing at all to do with the desk.

A :class:`~.models.Citizen` is no user of Django's: another table, another place in the session, no posts and no
permissions. Whoever signs in here is nobody at the desk, whatever goes wrong elsewhere. What is Django's own is
used: its password hashers and validators, its sessions.

An account brings together what somebody has asked for anyway with number and code. It is named by an e-mail address
or a telephone number that nobody checks, so nothing ever follows from that name alone: an area that hangs something
on an account wants the proof that it wanted before.
"""
