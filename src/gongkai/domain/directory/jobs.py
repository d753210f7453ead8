"""Work that takes a while."""

from typing import TYPE_CHECKING

from gongkai.foundation.jobs import job, regularly

if TYPE_CHECKING:
    from gongkai.foundation.jobs.progress import Progress

BITE = 50
"""Units at a time, so that progress is seen and work can be stopped."""


@job("directory.propose", title="查找可能已履行义务的信息", priority=-10)
def propose_items(progress: "Progress", *, units: list[int], years: list[int]) -> None:
    """Propose items for what *units* owe of *years*."""
    from gongkai.domain.directory.actions import propose  # noqa: PLC0415  # registered before models load

    found = 0
    bites = [units[start : start + BITE] for start in range(0, len(units), BITE)]
    for bite in progress.over(bites, label=lambda bite: f"{len(bite)} 个单位"):
        found += sum(propose(bite, year=year) for year in years)
    progress.finish("/desk/directory/proposals/", f"找到 {found} 条")


@job("directory.generate", title="生成公开义务")
def generate_year(progress: "Progress", *, organisation: int, year: int, user: int) -> None:
    """Generate a year's obligations in the name of the person who asked."""
    from gongkai.domain.directory import policies  # noqa: PLC0415  # registered before models load
    from gongkai.domain.directory.actions import generate  # noqa: PLC0415
    from gongkai.foundation.accounts.models import User  # noqa: PLC0415
    from gongkai.foundation.permissions import Reader  # noqa: PLC0415

    reader = Reader.of(User.objects.get(pk=user))
    unit = policies.fetch_unit(reader, organisation, "directory.generate")
    progress.start(1)
    made = generate(unit, year=year, by=reader)
    progress.step(str(unit))
    progress.finish(f"/desk/directory/coverage/?year={year}", f"新增 {made} 项公开义务")


@regularly("directory.propose", minutes=60)
def propose_what_is_new() -> None:
    """Propose what became public in the last days for what its units owe."""
    from gongkai.domain.directory.actions.propose import propose_recent  # noqa: PLC0415

    propose_recent()


@regularly("directory.new-year", minutes=720)
def begin_the_year() -> None:
    """Write down what is owed in a year that has begun, wherever last year's was written down."""
    from gongkai.domain.directory.actions.generate import begin_year  # noqa: PLC0415

    begin_year()


@regularly("directory.keep-up", minutes=60)
def end_what_is_over() -> None:
    """End what a new version no longer lists, and hand over what a unit that is no more owed."""
    from gongkai.domain.directory.actions.lapse import keep_up  # noqa: PLC0415

    keep_up()
