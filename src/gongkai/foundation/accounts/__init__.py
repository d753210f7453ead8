"""People who sign in: officials. There is no sign-up; whoever keeps the posts makes the account.

Sign-in, second factor, passkeys, sessions and OpenID Connect are django-allauth's, with its pages in
our clothes (``templates/``). What a user may do is no concern of this app: see
:mod:`gongkai.foundation.permissions`.
"""
