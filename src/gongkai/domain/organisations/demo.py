"""The demo city: its organisations, people and posts."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from gongkai.domain.organisations import actions
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation.accounts.models import User

ORDER = 0
SINCE = date(2020, 1, 2)


def load(folder: Path) -> str:
    """Enter what is not there yet; return how to sign in."""
    tree = yaml.safe_load((folder / "organisations.yaml").read_text(encoding="utf-8"))
    people = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    known: dict[str, Organisation] = {}
    _enter(tree["organisations"], None, known)
    _reform(tree["organisations"], known)
    _write_guides(known, people["guide"])
    before = set(User.objects.values_list("pk", flat=True))
    for person in people["people"]:
        _engage(person["username"], person["name"], person["posts"], known)
    _staff(known, people)
    # one hash for all: making a good one takes a fifth of a second, and these protect nothing
    fresh = User.objects.exclude(pk__in=before)
    fresh.update(password=make_password(people["password"]))
    return _how_to_sign_in(people)


def _enter(
    rows: list[dict[str, Any]], parent: Organisation | None, known: dict[str, Organisation]
) -> None:
    for row in rows:
        found = Organisation.objects.filter(code=row["code"]).first()
        if found is None:
            former = row.get("formerly", {})
            found = actions.found(
                parent=parent,
                name=former.get("name", row["name"]),
                short=former.get("short", row["short"]),
                by=None,
                **{key: row[key] for key in ("kind", "level", "code", "division")},
                **{key: row[key] for key in ("founded", "ground") if key in row},
            )
        known[row["key"]] = found
        _enter(row.get("below", []), found, known)


def _reform(rows: list[dict[str, Any]], known: dict[str, Organisation]) -> None:
    for row in rows:
        here = known[row["key"]]
        if (former := row.get("formerly")) and here.name != row["name"]:
            actions.rename(
                here,
                name=row["name"],
                short=row["short"],
                day=former["until"],
                ground=former["ground"],
                by=None,
            )
        if (merged := row.get("merged")) and not here.closed:
            actions.merge(
                here,
                into=known[merged["into"]],
                day=merged["day"],
                ground=merged["ground"],
                by=None,
            )
        _reform(row.get("below", []), known)


def _write_guides(known: dict[str, Organisation], general: dict[str, str]) -> None:
    for number, (key, organisation) in enumerate(known.items(), start=1):
        guide = organisation.guide
        if guide.address or organisation.closed:
            continue
        facts = general | {
            "office": f"{organisation.name}办公室",
            "address": f"云川市人民路 {number * 4} 号",
            "telephone": f"0399-5550{number:03d}",
            "fax": f"0399-5551{number:03d}",
            "postcode": "419800",
            "email": f"{key}@yunchuan.example",
            "website": f"https://www.yunchuan.example/{key}/",
        }
        actions.amend_guide(guide, facts=facts, by=None)


def _names(people: dict[str, Any]) -> Iterator[str]:
    surnames, given = people["surnames"], people["given"]
    for number in count():
        yield surnames[number * 7 % len(surnames)] + given[number * 5 % len(given)]


def _staff(known: dict[str, Organisation], people: dict[str, Any]) -> None:
    names = _names(people)
    for key, organisation in known.items():
        if organisation.closed or not organisation.kind_facts.reports:
            continue
        clerk, head = next(names), next(names)
        _engage(key, clerk, [{"role": "clerk", "at": key}], known)
        if organisation.level != "township":
            _engage(f"{key}-fzr", head, [{"role": "head", "at": key}], known)


def _engage(
    username: str,
    name: str,
    posts: list[dict[str, str]],
    known: dict[str, Organisation],
) -> None:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = actions.engage(
            username=username,
            name=name,
            password=None,
            organisation=known[posts[0]["at"]],
            by=None,
        )
    for post in posts:
        organisation = known[post["at"]]
        if not Post.objects.filter(
            user=user, organisation=organisation, role=post["role"]
        ).exists():
            actions.appoint(
                user, organisation=organisation, role=post["role"], since=SINCE, by=None
            )


def _how_to_sign_in(people: dict[str, Any]) -> str:
    rows = [
        ("gongkai", "公开办（全市）"),
        ("caizheng", "信息员（市财政局）"),
        ("caizheng-fzr", "单位负责人（市财政局）"),
        ("lingdao", "领导"),
        ("baomi", "保密审查员"),
        ("jiancha", "监察"),
        ("admin", "系统管理"),
    ]
    lines = [f"  {username:<14}{what}" for username, what in rows]
    return "\n".join(["登录用户名：", *lines, f"  密码都是 {people['password']}"])
