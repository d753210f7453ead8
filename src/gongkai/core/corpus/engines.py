"""Where the work on documents is done."""

from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from typing import TypeAlias

from gongkai.core.corpus.work import Outcome, Task
from gongkai.core.refusal import Refusal

Engine: TypeAlias = Callable[[Iterable[Task], int, float], Iterator[Outcome]]
"""Takes tasks, the number of workers and the seconds for one document; yields outcomes as they come."""

ENGINES = ("local", "ray")


class EngineMissing(Refusal):
    """本机没有安装 {package}；请先运行 pip install 'gongkai[{extra}]'，或改用 --engine local。"""


def engine(name: str) -> Engine:
    """Return the engine *name*.

    Raises:
        EngineMissing: The package that it needs is not installed.
    """
    package, extra = ("ray", "ray") if name == "ray" else ("pebble", "corpus")
    if find_spec(package) is None:
        raise EngineMissing(package=package, extra=extra)
    if name == "ray":
        from gongkai.core.corpus.distributed import run_on_ray  # noqa: PLC0415  # ray takes seconds to import

        return run_on_ray
    from gongkai.core.corpus.local import run_locally  # noqa: PLC0415  # pebble belongs to an extra

    return run_locally
