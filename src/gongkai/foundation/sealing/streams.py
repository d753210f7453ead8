"""Files as ciphertext: pieces sealed one by one, so that a big file is read without being opened whole.

The nonce of a piece is a random beginning, the number of the piece and whether it is the last: pieces cannot be
left out, put in another order or cut off at the end without the reader noticing.
"""

import io
import secrets
from collections.abc import Iterable, Iterator
from typing import IO

from gongkai.foundation.sealing.ciphers import NONCE, TAG, decrypt, encrypt
from gongkai.foundation.sealing.errors import Unreadable

PIECE = 2**16
_RANDOM = NONCE - 5


def sealed_pieces(
    blocks: Iterable[bytes], *, cipher: str, key: bytes, bound: str
) -> Iterator[bytes]:
    """Yield the ciphertext of *blocks*; *key* must be used for this one file."""
    beginning = secrets.token_bytes(_RANDOM)
    yield beginning
    number, held = 0, bytearray()
    for block in blocks:
        held += block
        while len(held) > PIECE:  # the last piece is kept back until it is known to be that
            piece, held = bytes(held[:PIECE]), held[PIECE:]
            yield encrypt(cipher, key, piece, bound.encode(), _nonce(beginning, number, last=False))
            number += 1
    yield encrypt(cipher, key, bytes(held), bound.encode(), _nonce(beginning, number, last=True))


class Opened(io.RawIOBase):
    """What was sealed, read from wherever one likes."""

    def __init__(
        self, stream: IO[bytes], *, size: int, cipher: str, key: bytes, bound: str
    ) -> None:
        super().__init__()
        self._stream, self._size, self._at = stream, size, 0
        self._cipher, self._key, self._bound = cipher, key, bound.encode()
        self._beginning = stream.read(_RANDOM)
        self._last = max(0, -(-size // PIECE) - 1)
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in what is hidden."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any writable buffer
        """Read on, at most to the end of the piece."""
        if self._at >= self._size:
            return 0
        number, inside = divmod(self._at, PIECE)
        found = self._piece(number)[inside : inside + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close what it reads."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._stream.seek(_RANDOM + number * (PIECE + TAG))
            nonce = _nonce(self._beginning, number, last=number == self._last)
            sealed = self._stream.read(PIECE + TAG)
            piece = decrypt(self._cipher, self._key, sealed, self._bound, nonce)
            if len(piece) != min(PIECE, self._size - number * PIECE):
                raise Unreadable
            self._held = (number, piece)
        return self._held[1]


def _nonce(beginning: bytes, number: int, *, last: bool) -> bytes:
    return beginning + number.to_bytes(4) + bytes([last])
