"""Authenticated encryption: GCM over AES-256, or over SM4 where an office has to use commercial cryptography.

Both run through the same mode of the same library, so that what differs is the block cipher alone. AES-256
is the default: a longer key, and instructions of its own in every processor. SM4 is for systems whose
assessment (密评) asks for it; each key says which of them it is for, so that rotating changes from one to the other.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from gongkai.foundation.sealing.errors import UnknownCipher, Unreadable

NONCE, TAG = 12, 16


@dataclass(frozen=True, slots=True)
class Kind:
    """A block cipher and the bytes of its key."""

    name: str
    algorithm: Callable[[bytes], Any]
    key_bytes: int


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("aes-256-gcm", algorithms.AES, 32),
            Kind("sm4-gcm", algorithms.SM4, 16),
        )
    }
)


def kind_of(name: str) -> Kind:
    """Return the cipher called *name*.

    Raises:
        UnknownCipher: There is none.
    """
    if name not in KINDS:
        raise UnknownCipher(cipher=name, known="、".join(KINDS))
    return KINDS[name]


def fresh_key(cipher: str) -> bytes:
    """Return a random key for *cipher*."""
    return secrets.token_bytes(kind_of(cipher).key_bytes)


def encrypt(cipher: str, key: bytes, plain: bytes, bound: bytes, nonce: bytes) -> bytes:
    """Return *plain* encrypted, its tag behind it; a *nonce* must never come twice under a *key*."""
    working = Cipher(kind_of(cipher).algorithm(key), modes.GCM(nonce)).encryptor()
    working.authenticate_additional_data(bound)
    return working.update(plain) + working.finalize() + working.tag


def decrypt(cipher: str, key: bytes, sealed: bytes, bound: bytes, nonce: bytes) -> bytes:
    """Return what :func:`encrypt` was given.

    Raises:
        Unreadable: The key, the place it is bound to, or a bit of it is another.
    """
    if len(sealed) < TAG or len(nonce) != NONCE:
        raise Unreadable
    mode = modes.GCM(nonce, sealed[-TAG:])
    working = Cipher(kind_of(cipher).algorithm(key), mode).decryptor()
    working.authenticate_additional_data(bound)
    try:
        return working.update(sealed[:-TAG]) + working.finalize()
    except InvalidTag:
        raise Unreadable from None
