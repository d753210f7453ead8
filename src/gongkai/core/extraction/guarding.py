"""Working on files of unknown origin: risky formats in a process of their own, with limits on time and memory.

Web pages and texts are read at once. PDF, Word, Excel and large files go to a child process that lives as long as
the :class:`Guard`; when one takes too long or too much, the child is ended and the next file gets a new one.
:meth:`Guard.call` does the same for any other function of a file, such as screening it or cleaning it.
"""

import contextlib
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import IO, Any, ParamSpec, Self, TypeVar

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.reader import read_bytes
from gongkai.core.extraction.reading import Reading
from gongkai.core.extraction.sources import Source, is_risky, open_document
from gongkai.core.extraction.sources.errors import TookTooLong, TookTooMuch, Unreadable
from gongkai.core.extraction.sources.limits import MEMORY_BYTES, SECONDS
from gongkai.core.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

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
            return self.call(read_bytes, source.data, source.name)
        except Unreadable as problem:
            return _refused(source.name, problem)

    def open(self, data: bytes, name: str) -> Document:
        """Return the document that *data* is, without reading figures from it.

        Raises:
            Unreadable: With a sentence that says why.
        """
        return self.call(open_document, data, name) if is_risky(data) else open_document(data, name)

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what *function* returns, called in the child process.

        Args:
            function: A function of a module, found there by its name. What goes in and out is pickled.
            args: What it is called with.
            kwargs: What it is called with by name.

        Raises:
            TookTooLong: It took longer than :attr:`seconds`; the process was ended.
            TookTooMuch: It took too much memory, or the process broke down.
            Refusal: Whatever refusal the function itself raised.
        """
        try:
            result, refusal = self._ask((function, args, kwargs))
        except Unreadable:
            self.close()
            raise
        if refusal is not None:
            raise refusal
        returned: T = result
        return returned

    def _ask(self, question: tuple[object, ...]) -> Any:
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
            _send(child.stdin, pickle.dumps(question))
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
            # from our own parent
            function, args, kwargs = pickle.loads(_receive(asked))  # noqa: S301
            _send(answers, pickle.dumps(_answer(function, args, kwargs)))


def _answer(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[object, Refusal | None]:
    """Return what *function* returns, or how it refused."""
    try:
        return function(*args, **kwargs), None
    except Refusal as refusal:
        return None, refusal
    except (MemoryError, RecursionError):
        return None, Unreadable("文件结构过于复杂，读取时超出了内存上限；请另存一份再试。")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
