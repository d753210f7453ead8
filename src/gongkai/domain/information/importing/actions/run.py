"""The lines that are in order become items."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import IntegrityError, transaction

from gongkai.core.extraction.guarding import Guard
from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import Attached, Reviewed, draft, publish_many
from gongkai.domain.information.importing import duplicates, errors
from gongkai.domain.information.importing.actions.check import archive_of, chunks
from gongkai.domain.information.importing.archive import Archive
from gongkai.domain.information.importing.events import RUN
from gongkai.domain.information.importing.judging import CHUNK, Judge, Judged
from gongkai.domain.information.importing.models import Batch, Line, Provenance
from gongkai.domain.information.importing.policies import BEGIN, REVIEWED
from gongkai.domain.information.importing.reading import lines
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import HOME
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.errors import NotedByASigner
from gongkai.domain.review.models import Chain
from gongkai.domain.review.queries import chain_for
from gongkai.foundation.accounts.models import User
from gongkai.foundation.attachments import receive
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

TOGETHER = 25
"""Drafts that are written in one transaction."""
TITLE = 195
"""Characters of an attachment's title."""


def confirm(
    batch: Batch,
    *,
    by: Reader,
    take_alike: bool = False,
    evidence: str = "",
    signers: Mapping[str, Sequence[int]] | None = None,
) -> Batch:
    """Have the lines that are in order imported, in the background.

    Args:
        batch: One that was checked.
        by: Who confirms it.
        take_alike: Import lines, too, that seem to be there already.
        evidence: For what was reviewed elsewhere: where the papers of the review are.
        signers: Likewise, the keys of the users who signed, for each importance step by step.

    Raises:
        NotAllowed: The post does not allow it.
        NotNow: It was not checked, or is being imported.
        NoEvidence, NoSigner: Something about the review is missing.
        NotedByASigner: Whoever confirms is one of the signers.
        NoChain: Nobody has decided who signs items of that importance.
    """
    path = str(batch.organisation.path)
    by.must(BEGIN, path)
    with transaction.atomic():
        fresh = Batch.objects.select_for_update().get(pk=batch.pk)
        if fresh.state not in {Batch.State.CHECKED, Batch.State.DONE}:
            raise errors.NotNow(state=fresh.get_state_display())
        if fresh.mode == Batch.Mode.REVIEWED:
            by.must(REVIEWED, path)
            if not evidence.strip():
                raise errors.NoEvidence
            fresh.signers = _whole(fresh, signers or {}, by)
        fresh.take_alike, fresh.evidence = take_alike, evidence.strip()[:300]
        from gongkai.domain.information.importing.jobs import run_lines  # noqa: PLC0415  # it calls actions

        fresh.state = Batch.State.RUNNING
        title = f"{run_lines.title}：{fresh}"[:200]
        fresh.job = start(run_lines, by=by, arguments={"batch": fresh.pk}, title=title)
        fresh.save()
    batch.refresh_from_db()
    return batch


def importances(batch: Batch) -> list[str]:
    """Return the importances among the lines that could be imported."""
    wanted = batch.lines.filter(state__in=[Line.State.READY, Line.State.ALIKE])
    found = set(wanted.order_by().values_list("importance", flat=True).distinct())
    return sorted(found or {"general"})


def run(batch: Batch, progress: Progress | None = None) -> Batch:
    """Import the lines that are in order and not imported yet; run again, it goes on where it was."""
    by = Reader.of(_who_confirmed(batch))
    states = [Line.State.READY, *([Line.State.ALIKE] if batch.take_alike else [])]
    rows = {row.number: row for row in batch.lines.filter(state__in=states)}
    done = batch.lines.filter(state=Line.State.DONE).count()
    if progress:
        progress.start(len(rows) + done, done=done)
    with archive_of(batch) as packed, lines(batch) as raws, Guard() as guard:
        judge = Judge(batch, by, packed)
        work = _Work(batch, by, packed, guard)
        wanted = (raw for raw in raws if raw.number in rows)
        for chunk in chunks(wanted, CHUNK):
            # what was in order yesterday need not be today
            judged = judge.judge(chunk)
            work.take(
                [
                    line
                    for line in judged
                    if _is_still_wanted(line, rows, take_alike=batch.take_alike)
                ],
                rows,
            )
            Line.objects.bulk_update(
                [rows[raw.number] for raw in chunk], ["state", "problems", "hints", "item", "alike"]
            )
            if progress:
                progress.step(f"第 {chunk[-1].number} 行", count=len(chunk))
    count = batch.lines.filter(state=Line.State.DONE).count()
    with transaction.atomic():
        batch.state = Batch.State.DONE
        batch.save(update_fields=["state"])
        record(
            RUN,
            by=by,
            act=BEGIN,
            path=str(batch.organisation.path),
            on=batch,
            facts={"count": count, "mode": batch.mode},
        )
    return batch


def _who_confirmed(batch: Batch) -> User:
    # one begins a batch, another may confirm it: the office what was reviewed elsewhere
    owner = batch.job.owner if batch.job else None
    return owner or batch.begun_by


def _is_still_wanted(line: Judged, rows: Mapping[int, Line], *, take_alike: bool) -> bool:
    row = rows[line.raw.number]
    row.state, row.problems, row.hints, row.alike = (
        line.state,
        line.problems,
        line.hints,
        line.alike,
    )
    return line.state == Line.State.READY or (line.state == Line.State.ALIKE and take_alike)


class _Work:
    """Makes items of judged lines; each item, where it came from and its line are one transaction."""

    def __init__(self, batch: Batch, by: Reader, packed: Archive, guard: Guard) -> None:
        self.batch, self.by, self.packed, self.guard = batch, by, packed, guard
        self._chains: dict[tuple[int, str], tuple[Chain, list[User]]] = {}

    def take(self, judged: Sequence[Judged], rows: Mapping[int, Line]) -> None:
        """Import *judged*; what cannot be is refused in its row."""
        brought: dict[int, tuple[Attached, ...]] = {}
        whole = []
        for line in judged:
            try:
                brought[line.raw.number] = self._files(line)
            except Refusal as refusal:
                _refuse(rows[line.raw.number], refusal)
            else:
                whole.append(line)
        if self.batch.mode == Batch.Mode.REVIEWED:
            self._publish(whole, brought, rows)
            return
        for group in chunks(whole, TOGETHER):
            # one commit for several: what breaks off in the middle is simply done again
            with transaction.atomic():
                for line in group:
                    self._draft(line, brought[line.raw.number], rows[line.raw.number])

    def _files(self, line: Judged) -> tuple[Attached, ...]:
        found: list[Attached] = []
        for member in line.files:
            stored = receive(self.packed.open(member), self.by, guard=self.guard)
            if self.batch.mode == Batch.Mode.REVIEWED and not stored.is_ready:
                raise Refusal(
                    f"附件“{stored.name}”不能公开：{stored.note or '检查没有完成，请稍后再试。'}"
                )
            found.append(Attached(stored, _title(stored.name, {one.title for one in found})))
        return (*found, *self._pictures(line))

    def _pictures(self, line: Judged) -> Iterator[Attached]:
        """Receive the pictures of the text, which names them by what they are from then on."""
        for address, member in line.pictures.items():
            stored = receive(self.packed.open(member), self.by, kinds=PICTURES, guard=self.guard)
            if not stored.is_ready:
                raise Refusal(f"正文里的图片“{stored.name}”不能公开：{stored.note}")
            name = f"{stored.public_digest}.{stored.kind_facts.ending}"
            body = str(line.values["body"])
            line.values["body"] = body.replace(f'src="{address}"', f'src="{HOME}{name}"')
            yield Attached(stored, name)

    def _draft(self, line: Judged, files: tuple[Attached, ...], row: Line) -> None:
        try:
            with transaction.atomic():
                item = draft(
                    _unit(line),
                    by=self.by,
                    files=files,
                    column=line.column,
                    index_number=line.index_number,
                    **line.values,
                )
                self._settle([(line, item, row)])
        except Refusal as refusal:
            _refuse(row, refusal)
        except IntegrityError:
            _refuse(row, Refusal("同时有人录入了相同的信息。请重新检查这一批。"))

    def _publish(
        self,
        judged: Sequence[Judged],
        brought: Mapping[int, tuple[Attached, ...]],
        rows: Mapping[int, Line],
    ) -> None:
        groups: dict[tuple[int, str], list[Judged]] = {}
        for line in judged:
            groups.setdefault((_unit(line).pk, line.importance or "general"), []).append(line)
        for (_, importance), group in groups.items():
            try:
                self._publish_together(group, importance, brought, rows)
            except (Refusal, IntegrityError) as error:
                if len(group) == 1:
                    _refuse(rows[group[0].raw.number], error)
                    continue
                # one of them spoils it for all: find out which
                for line in group:
                    try:
                        self._publish_together([line], importance, brought, rows)
                    except (Refusal, IntegrityError) as reason:
                        _refuse(rows[line.raw.number], reason)

    def _publish_together(
        self,
        group: Sequence[Judged],
        importance: str,
        brought: Mapping[int, tuple[Attached, ...]],
        rows: Mapping[int, Line],
    ) -> None:
        unit = _unit(group[0])
        chain, signers = self._chain(unit, importance)
        things = [
            Reviewed(
                {**line.values, "column": line.column, "importance": importance}
                | ({"index_number": line.index_number} if line.index_number else {}),
                brought[line.raw.number],
            )
            for line in group
        ]
        with transaction.atomic():
            items = publish_many(
                unit,
                things,
                chain=chain,
                signers=signers,
                evidence=self.batch.evidence,
                by=self.by,
            )
            duplicates.write(item for item in items if not item.live)
            self._settle(
                [
                    (line, item, rows[line.raw.number])
                    for line, item in zip(group, items, strict=True)
                ]
            )

    def _settle(self, made: Sequence[tuple[Judged, Item, Line]]) -> None:
        """Write down, with the items, where they came from and that their lines are done."""
        Provenance.objects.bulk_create(
            Provenance(
                organisation_id=item.organisation_id,
                key=line.key,
                item=item,
                batch=self.batch,
                address=line.address,
            )
            for line, item, _ in made
        )
        for _, item, row in made:
            row.state, row.item, row.problems = Line.State.DONE, item, []
        Line.objects.bulk_update([row for _, _, row in made], ["state", "item", "problems"])

    def _chain(self, unit: Organisation, importance: str) -> tuple[Chain, list[User]]:
        mark = (unit.pk, importance)
        if mark not in self._chains:
            chain = chain_for(unit, importance)
            keys = self.batch.signers.get(importance, [])
            users = {user.pk: user for user in User.objects.filter(pk__in=keys)}
            signers = [users[key] for key in keys if key in users]
            if len(signers) != chain.steps_count:
                raise errors.NoSigner(chain=chain, step="某一环节")
            self._chains[mark] = (chain, signers)
        return self._chains[mark]


def _whole(batch: Batch, signers: Mapping[str, Sequence[int]], by: Reader) -> dict[str, list[int]]:
    """Return *signers* if there is one for every step of every chain that is needed."""
    whole: dict[str, list[int]] = {}
    for importance in importances(batch):
        chain = chain_for(batch.organisation, importance)
        named = list(signers.get(importance, []))
        there = set(User.objects.filter(pk__in=named).values_list("pk", flat=True))
        for place, step in enumerate(chain.steps):
            if place >= len(named) or named[place] not in there:
                raise errors.NoSigner(chain=chain, step=step.name)
        if person(by).pk in named:
            raise NotedByASigner
        whole[importance] = named
    return whole


def _unit(line: Judged) -> Organisation:
    if line.organisation is None:
        raise ValueError(line.raw.number)
    return line.organisation


def _refuse(row: Line, why: Exception) -> None:
    sentence = (
        str(why)
        if isinstance(why, Refusal)
        else "与已有的信息冲突（索引号或登记号重复）。请核对后重新导入。"
    )
    row.state, row.problems, row.item = Line.State.REFUSED, [sentence], None


def _title(name: str, used: set[str]) -> str:
    """Return the title of an attachment: its name, told apart where two have the same."""
    title = name[:TITLE]
    count = 1
    while title in used:
        count += 1
        stem, dot, ending = name[:TITLE].rpartition(".")
        title = f"{stem}（{count}）{dot}{ending}" if dot else f"{name[:TITLE]}（{count}）"
    return title
