"""A value in a table: ``key id.base64(nonce + ciphertext + tag)``, bound to where it stands."""

import base64
import binascii
import secrets

from gongkai.foundation.sealing.ciphers import NONCE, decrypt, encrypt
from gongkai.foundation.sealing.errors import Unreadable
from gongkai.foundation.sealing.keys import ring


class Ciphertext(str):
    """What the table has; a type of its own, so that it is never taken for what it hides."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    @property
    def key(self) -> str:
        """Return the id of the key that sealed it."""
        return self.partition(".")[0]

    @property
    def is_newest(self) -> bool:
        """Tell whether the newest key sealed it."""
        return self.key == ring().newest.id


def seal(plain: str, bound: str) -> Ciphertext:
    """Return *plain* sealed by the newest key for the place *bound*."""
    key = ring().newest
    nonce = secrets.token_bytes(NONCE)
    body = encrypt(key.cipher, key.seal, plain.encode(), bound.encode(), nonce)
    return Ciphertext(f"{key.id}.{base64.b64encode(nonce + body).decode()}")


def unseal(sealed: Ciphertext, bound: str) -> str:
    """Return what was sealed.

    Raises:
        Unreadable: It was changed, or stands where it was not sealed for.
        MissingKey: The ring does not have its key.
    """
    name, dot, told = sealed.partition(".")
    if not dot:
        raise Unreadable
    key = ring().find(name)
    try:
        body = base64.b64decode(told, validate=True)
    except binascii.Error:
        raise Unreadable from None
    return decrypt(key.cipher, key.seal, body[NONCE:], bound.encode(), body[:NONCE]).decode()
