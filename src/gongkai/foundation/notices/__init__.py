"""Short notices to a person, to a role or to a unit.

Other apps call :func:`gongkai.foundation.notices.actions.notify` inside their transaction. A notice
shows on the desk's first page until it is read; e-mail goes out besides where it is set up.
"""
