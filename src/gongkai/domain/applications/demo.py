"""The applications of the demo city: at every stage, each done with the verbs that people use.

Days are told as working days before today, so that something is due today whenever the demo is entered.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as Paper
from PIL import Image, ImageDraw, ImageFont

from gongkai.core import fees
from gongkai.core.rendering.glyphs import FONTS
from gongkai.core.workdays import calendar
from gongkai.domain.applications.actions import (
    assign,
    attach,
    draft_decision,
    hand_in,
    keep_wording,
    proceed,
    put_into_log,
    register,
    remark,
    set_log,
    strike,
)
from gongkai.domain.applications.actions.decide import Answered
from gongkai.domain.applications.models import Application, Document, Fact, Party
from gongkai.domain.applications.publication import SUBJECT
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.redaction.actions import begin, decide_many, release, start_building
from gongkai.domain.redaction.models import MarkState, Redaction, Stage
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import signers_of
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.jobs.tasks import work
from gongkai.foundation.permissions import Reader

ORDER = 180
MORNING, NOON = time(8, 40), time(10)
WRONG = "accept-wrong"
"""Noted down twice, and one of them struck."""


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    place = folder / "applications" / "cases.yaml"
    if not place.is_file() or Application.objects.exists():
        return None
    told = yaml.safe_load(place.read_text(encoding="utf-8"))
    office = Office()
    for facts in told["wordings"]:
        if facts["unit"] in office.units:
            office.word(facts)
    for facts in told["logs"]:
        if facts["unit"] in office.units:
            set_log(office.units[facts["unit"]], by=office.by(facts["by"]), is_open=True)
    cases = sorted(
        (facts for facts in told["cases"] if facts["unit"] in office.units),
        key=lambda facts: -facts["ago"],
    )
    for facts in cases:
        office.enter(facts)
    return f"公开申请：新增 {len(cases)} 件。"


class Office:
    """The units of the demo city, and who works there."""

    def __init__(self) -> None:
        self.today = clock.today()
        self.people = {user.username: user for user in User.objects.all()}
        clerks = User.objects.filter(posts__role="clerk").values_list(
            "username", "posts__organisation"
        )
        found = Organisation.objects.in_bulk([key for _, key in clerks])
        self.units: dict[str, Organisation] = {name: found[key] for name, key in clerks}

    def by(self, name: str) -> Reader:
        """Return the reader of that sign-in name."""
        return Reader.of(self.people[name])

    def day(self, ago: int) -> date:
        """Return the day *ago* working days before today; today itself, also where it is a day off."""
        if not ago:
            return self.today
        days = calendar()
        back = self.today
        left = ago
        while left:
            back = date.fromordinal(back.toordinal() - 1)
            left -= days.is_workday(back)
        return back

    def word(self, facts: dict[str, Any]) -> None:
        """Keep a recurring answer."""
        keep_wording(
            self.units[facts["unit"]],
            by=self.by(facts["unit"]),
            title=facts["title"],
            text=facts["text"],
            ground=facts["ground"],
        )

    # -- one case ------------------------------------------------------------------------------------

    def enter(self, facts: dict[str, Any]) -> None:
        """Register an application and bring it as far as its steps go."""
        key = facts["unit"]
        names = ("kind", "name", "contact", "telephone", "email", "address", "matter")
        given = {name: facts[name] for name in names if name in facts}
        day = self.day(facts["ago"])
        with clock.moved_to(day):
            arrived = timezone.make_aware(datetime.combine(day, MORNING))
            row, _ = register(
                self.units[key],
                by=self.by(key),
                channel=facts["channel"],
                arrived=arrived,
                delivery="post" if "address" in facts else "in-person",
                **given,
            )
            if facts["ago"] > 1:
                assign(row, by=self.by(key), handler=self.people[key])
            if facts.get("scan") and (page := _scan(facts)):
                scan = ContentFile(page, name="申请表扫描件.png")
                attach(row, scan, by=self.by(key), kind="request")
        steps = facts.get("steps") or []
        for step in (step for step in steps if not step.get("after")):
            self.step(row, facts, step)
        if "decide" in facts:
            self.decide(row, facts)
        for step in (step for step in steps if step.get("after")):
            self.step(row, facts, step)
        if "redact" in facts:
            self.redact(row, facts)
        if "log" in facts:
            row.refresh_from_db()
            put_into_log(row, by=self.by(key), summary=facts["log"])
        if note := facts.get("note"):
            due = calendar().after(self.today, note["due"])
            remark(row, by=self.by(key), text=note["text"], person=self.people[key], due=due)

    def step(self, row: Application, facts: dict[str, Any], step: dict[str, Any]) -> None:
        """Do one act on its day."""
        day = self.day(step["ago"])
        with clock.moved_to(day, NOON):
            if step["act"] == WRONG:
                self._wrong(row, facts, day)
                return
            by = self.by(facts["unit"])
            told = ("text", "means", "tracking")
            details: dict[str, Any] = {name: step.get(name, "") for name in told}
            about: Fact | None = None
            if "until" in step:
                details["until"] = calendar().after(day, step["until"])
            if step["act"] == "dispatch":
                details["unit"] = self.units[step["unit"]]
            elif step["act"] == "report":
                about = row.facts.get(act="dispatch")
                by = self.by(next(n for n, u in self.units.items() if u == about.unit))
            elif step["act"] == "consult":
                details["whom"] = step["whom"]
                details["party"] = Party.objects.create(
                    application=row, whom=step["whom"], name=step["party"]
                )
            elif step["act"] == "opinion":
                about = row.facts.get(act="consult")
                details["consents"] = step["consents"]
            elif step["act"] == "extend":
                by = self.by(f"{facts['unit']}-fzr")
                details |= {"working_days": step["working_days"], "approved": day}
            elif step["act"] == "charge":
                fee = fees.by_page(step["count"], day)
                details["amount"] = fee.yuan
                details["text"] = "；".join(each.text for each in fee.steps)
            proceed(row, step["act"], by=by, day=day, about=about, **details)

    def _wrong(self, row: Application, facts: dict[str, Any], day: date) -> None:
        """Note something down that did not happen, and strike it."""
        key = facts["unit"]
        party = Party.objects.create(application=row, whom="co-agency", name="记错的机关")
        fact = proceed(row, "consult", by=self.by(key), day=day, whom="co-agency", party=party)
        strike(fact, by=self.by(f"{key}-fzr"), reason="录到别的案件去了，本件没有征求意见")

    def decide(self, row: Application, facts: dict[str, Any]) -> None:
        """Draft a decision, and have it signed, sent back or waiting, as it is told."""
        told = facts["decide"]
        day = self.day(told.get("ago", 1))
        by = self.by(facts["unit"])
        row.refresh_from_db()
        with clock.moved_to(day, NOON):
            documents = [self._source(row, facts["source"], by)] if "source" in facts else []
            parts = told.get("parts") or [
                {"matter": row.matter, "ground": ground, "reasons": reasons}
                for ground, reasons in zip(told["grounds"], told["reasons"], strict=True)
            ]
            answered = [Answered(p["matter"], p["ground"], reasons=p["reasons"]) for p in parts]
            decision = draft_decision(row, by=by, parts=answered, documents=documents)
            if told.get("draft"):
                return
            review = hand_in(decision, by=by)
            if told.get("review"):
                return
            if "returned" in told:
                signer = Reader.of(signers_of(review)[0])
                return_(review, by=signer, digest=review.digest, comment=told["returned"])
                return
            while review.status == "open":
                sign(review, by=Reader.of(signers_of(review)[0]), digest=review.digest)
                review = Review.objects.get(pk=review.pk)

    def redact(self, row: Application, facts: dict[str, Any]) -> None:
        """Redact a document of the case for each of the audiences, as far as it is told."""
        told, by = facts["redact"], self.by(facts["unit"])
        paper = Paper()
        for line in told["lines"]:
            paper.add_paragraph(line)
        out = BytesIO()
        paper.save(out)
        upload = ContentFile(out.getvalue(), name=f"{told['title']}.docx")
        document = attach(row, upload, by=by, kind="source", title=told["title"])
        if document.stored is None:
            return
        for audience, stage in told["for"].items():
            redaction = begin(
                document.stored,
                subject=SUBJECT,
                key=row.pk,
                organisation=row.organisation,
                audience=audience,
                by=by,
                title=told["title"],
            )
            _at_once(redaction)
            if stage == Stage.MARKING:
                continue
            decide_many(redaction, MarkState.ACCEPTED, by=by)
            start_building(redaction, by=by)
            _at_once(redaction)
            if stage == Stage.RELEASED:
                release(redaction, by=by)

    def _source(self, row: Application, told: dict[str, Any], by: Reader) -> Document:
        out = BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for place, line in enumerate(told["table"]):
                sheet.write_row(place, 0, line)
        upload = ContentFile(out.getvalue(), name=f"{told['title']}.xlsx")
        return attach(row, upload, by=by, kind="source", title=told["title"])


def _at_once(redaction: Redaction) -> None:
    """Do what was put in the queue for *redaction* now: nobody need have a worker to look at the demo."""
    if redaction.job is not None:
        work.func(str(redaction.job.pk), redaction.job.attempt)
    redaction.refresh_from_db()


def _scan(facts: dict[str, Any]) -> bytes | None:
    """Return a picture of the form that the applicant has filled in, where the typefaces were built."""
    told = [("申请人", facts["name"]), ("联系电话", facts["telephone"])]
    told += [("通信地址", facts["address"]), ("获取方式", "邮寄")]
    matter = facts["matter"]
    told += [("所需信息", matter[:24]), ("", matter[24:48])]
    return drawn("政府信息公开申请表", told)


def drawn(title: str, told: Iterable[tuple[str, str]]) -> bytes | None:
    """Return a picture of a form that somebody has filled in, where the typefaces were built."""
    face = next(iter(sorted(FONTS.glob("NotoSerif*.ttf"))), None)
    if face is None:
        return None
    page = Image.new("L", (827, 1169), 250)
    draw = ImageDraw.Draw(page)
    large, small = (ImageFont.truetype(str(face), size) for size in (34, 22))
    draw.text((210, 90), title, fill=30, font=large)
    for place, (name, value) in enumerate(told):
        top = 200 + 70 * place
        draw.text((90, top), name, fill=90, font=small)
        draw.text((230, top), value, fill=20, font=small)
        draw.line((220, top + 36, 740, top + 36), fill=150)
    stream = BytesIO()
    page.save(stream, "PNG")
    return stream.getvalue()
