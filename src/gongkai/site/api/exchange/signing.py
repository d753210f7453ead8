"""Keys of a platform, and whom it trusts."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from gongkai.site.api.exchange.errors import Forged, KeyIsThere, NoKey, NotAPackage, NotTrusted

NAME = re.compile(r"[\w-]{1,60}")


def folder() -> Path:
    """Return where keys and received files stand."""
    return Path(settings.GONGKAI_DATA) / "exchange"


def make_key() -> str:
    """Make the key of this platform and return its public half, for others to trust.

    Raises:
        KeyIsThere: There is one.
    """
    place = folder() / "private.pem"
    if place.exists():
        raise KeyIsThere(place=place)
    key = Ed25519PrivateKey.generate()
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return public_half(key.public_key())


def own_key() -> Ed25519PrivateKey:
    """Return the key of this platform.

    Raises:
        NoKey: None was made.
    """
    try:
        key = load_pem_private_key((folder() / "private.pem").read_bytes(), password=None)
    except OSError:
        raise NoKey from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey
    return key


def public_half(key: Ed25519PublicKey) -> str:
    """Return *key* as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of *key*, by which it is called."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def trust(pem: bytes, name: str) -> str:
    """Trust the platform whose public key *pem* is, under *name*; return its fingerprint."""
    key = _public(pem)
    if not NAME.fullmatch(name):
        raise NotAPackage(why="名称只能用文字、数字、连字符，最长 60 个字")
    place = folder() / "trusted" / f"{name}.pem"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(public_half(key), encoding="ascii")
    return fingerprint(key)


def trusted() -> Iterator[tuple[str, Ed25519PublicKey]]:
    """Yield name and key of everybody who is trusted, oneself included."""
    for place in sorted((folder() / "trusted").glob("*.pem")):
        yield place.stem, _public(place.read_bytes())
    try:
        yield "本平台", own_key().public_key()
    except NoKey:
        return


def check(signature: bytes, signed: bytes, *, signer: str) -> str:
    """Return the name of *signer* (a fingerprint) if the signature is theirs.

    Raises:
        NotTrusted: Nobody knows the signer.
        Forged: The signature is not over *signed*.
    """
    for name, key in trusted():
        if fingerprint(key) == signer:
            try:
                key.verify(signature, signed)
            except InvalidSignature:
                raise Forged from None
            return name
    raise NotTrusted(fingerprint=signer[:16] or "无")


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise NotAPackage(why="公钥读不出来") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotAPackage(why="公钥不是 Ed25519")
    return key
