"""Reading files of unknown origin: risky formats in a process of their own, with limits on time and memory.

Web pages and texts are read at once. PDF, Word, Excel and large files go to a child process that lives as long as
the :class:`Guard`; when one takes too long or too much, the child is ended and the next file gets a new one.
"""

import contextlib
import pickle
import struct
import subprocess
import sys
import threading
from types import TracebackType
from typing import IO, Any, Self

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.reader import read_bytes
from gongkai.core.extraction.reading import Reading
from gongkai.core.extraction.sources import Source, is_risky, open_document
from gongkai.core.extraction.sources.errors import TookTooLong, TookTooMuch, Unreadable
from gongkai.core.extraction.sources.limits import MEMORY_BYTES, SECONDS

_LENGTH = struct.Struct("<Q")


class Guard:
    """Reads sources; use it as a context manager.

    Attributes:
        seconds: Time for one file of a risky format.
        memory: Address space of the child process, in bytes.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> None:
        self.seconds = seconds
        self.memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if child := self._child:
            self._child = None
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def read(self, source: Source) -> Reading:
        """Return the reading of *source*; a sentence in its ``problems`` where there is none."""
        if source.problem is not None or source.data is None:
            return _refused(source.name, source.problem or Unreadable())
        if not is_risky(source.data):
            return read_bytes(source.data, source.name)
        try:
            reading: Reading = self._ask(source.data, source.name, "read")
        except Unreadable as problem:
            self.close()
            return _refused(source.name, problem)
        return reading

    def open(self, data: bytes, name: str) -> Document:
        """Return the document that *data* is, without reading figures from it.

        Raises:
            Unreadable: With a sentence that says why.
        """
        if not is_risky(data):
            return open_document(data, name)
        try:
            answer = self._ask(data, name, "open")
        except (TookTooLong, TookTooMuch):
            self.close()
            raise
        if isinstance(answer, str):
            raise Unreadable(answer)
        document: Document = answer
        return document

    def _ask(self, data: bytes, name: str, what: str) -> Any:
        child = self._child = self._child or self._start()
        if child.stdin is None or child.stdout is None:
            raise TookTooMuch
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.start()
        try:
            _send(child.stdin, pickle.dumps((data, name, what)))
            answer = _receive(child.stdout)
        except (OSError, EOFError) as error:
            raise (
                TookTooLong(seconds=f"{self.seconds:g}") if late.is_set() else TookTooMuch
            ) from error
        finally:
            timer.cancel()
            timer.join()
        # what answers is our own program under our own account
        return pickle.loads(answer)  # noqa: S301

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "gongkai.core.extraction.guarding", str(self.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _refused(name: str, problem: Unreadable) -> Reading:
    return Reading(file=name, text="", problems=(str(problem),))


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _limit(memory: int) -> None:
    """Limit the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(memory: int) -> None:
    """Answer requests until the pipe is closed; run in the child process."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not spoil an answer
    _limit(memory)
    with contextlib.suppress(EOFError):
        while True:
            data, name, what = pickle.loads(_receive(asked))  # noqa: S301  # from our own parent
            answer = read_bytes(data, name) if what == "read" else _open(data, name)
            _send(answers, pickle.dumps(answer))


def _open(data: bytes, name: str) -> Document | str:
    """Return the document, or the sentence that says why there is none."""
    try:
        return open_document(data, name)
    except Unreadable as problem:
        return str(problem)
    except (MemoryError, RecursionError):
        return "文件结构过于复杂，读取时超出了内存上限；请另存一份再试。"


if __name__ == "__main__":
    serve(int(sys.argv[1]))
