"""The demo city's sites and accounts, and what two inspections found."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from gongkai.core.inspection import SeenColumn, SeenLink, SiteFacts, judge_site
from gongkai.domain.media import actions
from gongkai.domain.media.models import Account, Inspection, Site
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock

ORDER = 170


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    told = yaml.safe_load((folder / "media.yaml").read_text(encoding="utf-8"))
    if Site.objects.exists() or Account.objects.exists():
        return None
    units = _units(folder)
    for row in told["sites"]:
        _enter_site(row, units)
    for row in told["accounts"]:
        _enter_account(row, units)
    for row in told["accounts"]:
        _end(row)
    for row in told["inspections"]:
        _inspect(row)
    return f"网站和新媒体名录：{Site.objects.count()} 个网站、{Account.objects.count()} 个账号。"


def _units(folder: Path) -> dict[str, Organisation]:
    tree = yaml.safe_load((folder / "organisations.yaml").read_text(encoding="utf-8"))
    codes: dict[str, str] = {}

    def walk(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            codes[row["key"]] = str(row["code"])
            walk(row.get("below", []))

    walk(tree["organisations"])
    by_code = {unit.code: unit for unit in Organisation.objects.all()}
    return {key: by_code[code] for key, code in codes.items() if code in by_code}


def _enter_site(row: dict[str, Any], units: dict[str, Organisation]) -> None:
    ground = row.get("ground", "")
    site = actions.open_site(
        units[row["unit"]],
        name=row["name"],
        address=row["address"],
        opened=row["opened"],
        mark=row["mark"],
        ground="" if "closed" in row else ground,
        by=None,
    )
    if "closed" in row:
        actions.close(site, day=row["closed"], ground=ground, by=None)


def _enter_account(row: dict[str, Any], units: dict[str, Organisation]) -> None:
    actions.open_account(
        units[row["unit"]],
        platform=row["platform"],
        name=row["name"],
        identifier=row["identifier"],
        opened=row["opened"],
        last_update=_day(-row["updated"]) if "updated" in row else None,
        by=None,
    )


def _end(row: dict[str, Any]) -> None:
    if "closed" not in row:
        return
    account = Account.objects.get(platform=row["platform"], name=row["name"])
    ground = row.get("ground", "")
    if "into" in row:
        into = Account.objects.get(platform=row["platform"], name=row["into"])
        actions.merge(account, into=into, day=row["closed"], ground=ground, by=None)
    else:
        actions.close(account, day=row["closed"], ground=ground, by=None)


def _inspect(row: dict[str, Any]) -> None:
    """Write the sheet that an inspection with these findings would have: the demo asks no network."""
    site = Site.objects.get(host=row["host"])
    facts = SiteFacts(
        day=clock.today(),
        newest=_day(row["home"]),
        columns=tuple(_column(site, column) for column in row["columns"]),
        links_checked=row["checked"],
        broken=tuple(
            SeenLink(
                site.address.rstrip("/") + link["path"], link["text"], link["page"], "网站回答 404"
            )
            for link in row.get("broken", ())
        ),
        search=row["search"],
        searched_for=row["searched"],
        consultation=row.get("consultation", False),
        error_report=row.get("error-report", False),
        mark=row.get("mark", False),
        probes=168,
        unreachable=0.6,
        ipv6=True,
    )
    inspection = Inspection(
        site=site,
        day=facts.day,
        marks=[mark.as_json() for mark in judge_site(facts)],
        columns=[
            {
                "name": c.name,
                "address": c.address,
                "freshness": c.freshness,
                "newest": c.newest.isoformat() if c.newest else None,
                "blank": c.blank,
                "problem": c.problem,
            }
            for c in facts.columns
        ],
    )
    inspection.settle()
    inspection.save()


def _column(site: Site, row: dict[str, Any]) -> SeenColumn:
    return SeenColumn(
        name=row["name"],
        address=site.address.rstrip("/") + row["path"],
        freshness=row["freshness"],
        newest=_day(row["days"]) if "days" in row else None,
        blank=row.get("blank", False),
    )


def _day(ago: int) -> date:
    return clock.today() - timedelta(days=ago)
