"""Where the demo city's information went: releases with evidence, gazettes, screens, and what is still to do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from gongkai.domain.channels.actions import (
    Evidence,
    compose,
    include,
    issue,
    plan,
    release,
)
from gongkai.domain.channels.actions.screens import put_up
from gongkai.domain.channels.models import Gazette, Release, Screen
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

ORDER = 160
ASIDE = ("by", "items", "issue")
"""What is told of a gazette or a screen that is not a fact of its own."""


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    place = folder / "channels.yaml"
    if not place.is_file() or Gazette.objects.exists() or not Item.objects.public().exists():
        return None
    told = yaml.safe_load(place.read_text(encoding="utf-8"))
    for facts in told["gazettes"]:
        _gazette(facts)
    for facts in told["releases"]:
        _release(facts)
    for facts in told["screens"]:
        put_up(_unit_of(facts["by"]), by=_reader(facts["by"]), **_told(facts))
    return (
        f"公开渠道：新增 {Release.objects.count()} 项发布、{Gazette.objects.count()} 期公报、"
        f"{Screen.objects.count()} 块屏。"
    )


def _gazette(facts: Mapping[str, Any]) -> None:
    with clock.moved_to(min(facts["day"], clock.today())):
        by = _reader(facts["by"])
        gazette = compose(_unit_of(facts["by"]), by=by, **_told(facts))
        items = [item for title in facts["items"] if (item := _item(title))]
        include(gazette, items, by=by)
        if facts["issue"] and items:
            issue(gazette, by=by)


def _release(facts: Mapping[str, Any]) -> None:
    item = _item(facts["item"])
    if item is None:
        return
    day = facts.get("day") or clock.today()
    clerk = Post.objects.filter(organisation=item.organisation, role="clerk").first()
    if clerk is None:
        return
    with clock.moved_to(day):
        by = Reader.of(clerk.user)
        for planned in plan(item, [facts["outlet"]], by=by):
            if "day" in facts:
                shown = {name: facts.get(name, "") for name in ("link", "page", "note")}
                release(planned, Evidence(**shown), by=by)


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in ASIDE}


def _item(title: str) -> Item | None:
    found: Item | None = (
        Item.objects.public().select_related("organisation").filter(title=title).first()
    )
    return found


def _reader(username: str) -> Reader:
    return Reader.of(User.objects.get(username=username))


def _unit_of(username: str) -> Organisation:
    return Post.objects.select_related("organisation").get(user__username=username).organisation
