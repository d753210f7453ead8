"""The demo city's columns, the standard directory of one county, and a year of obligations."""

from pathlib import Path

from gongkai.core.directories import read_table
from gongkai.core.extraction.sources.xlsx import sheets
from gongkai.domain.directory import actions
from gongkai.domain.directory.actions.generate import directory_of
from gongkai.domain.directory.demo.matters import county_sheet
from gongkai.domain.directory.models import Column, Entry, Obligation, StandardDirectory
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock

ORDER = 50
COUNTY = "1141982173190840XE"
"""Code of 石桥县, the county whose directory is in the demo."""
WITH_COLUMNS = ("government", "department", "agency")
FOCUS = "2016"
"""The key fields that governments show on their homes; the county of the directory has its twenty-six fields."""


def load(folder: Path) -> str:
    """Enter what is not there yet; return what there is to see."""
    _columns()
    county = Organisation.objects.filter(code=COUNTY).first()
    if county is None:
        return ""
    year = clock.today().year
    if not StandardDirectory.objects.filter(organisation=county).exists():
        _adopt(folder, county, year)
    if not Obligation.objects.filter(entry__organisation=county, year=year).exists():
        actions.generate(county, year=year, by=None)
    directory = directory_of(county, year)
    owed = Obligation.objects.filter(entry__organisation=county, year=year).count()
    return (
        f"栏目 {Column.objects.open().exclude(key='top').count()} 个；{county.short}标准目录"
        f" {directory.listings.count()} 项，{year} 年公开义务 {owed} 项"
    )


def _columns() -> None:
    units = Organisation.objects.in_being().filter(kind__in=WITH_COLUMNS)
    actions.set_up_all(units, by=None)
    for unit in units.filter(kind="government", level__in=("prefecture", "county")):
        if unit.code != COUNTY:
            actions.set_up_focus(unit, which=FOCUS, by=None)


def _adopt(folder: Path, county: Organisation, year: int) -> None:
    data = county_sheet(folder / "directory", f"{county.name}基层政务公开标准目录")
    actions.set_up_focus(county, which="fields", by=None)
    directory = actions.adopt(
        county,
        lines=read_table(sheets(data)),
        effective_from=clock.today().replace(year=year - 1, month=1, day=1),
        title=f"{county.short}基层政务公开标准目录",
        source="石桥县基层政务公开标准目录.xlsx",
        by=None,
    )
    actions.assign_named(directory, by=None)
    # whoever is no unit of the demo (public security, taxes …) is stood for by the county itself
    left = Entry.objects.filter(listings__directory=directory, assignments=None)
    actions.assign(left, unit=county, by=None)
