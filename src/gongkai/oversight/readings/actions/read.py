"""Have the machine read a document, and check what it read."""

import logging

from django.db import transaction

from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.reading import Finding as Found
from gongkai.core.extraction.reading import Reading as Read
from gongkai.core.forms import State
from gongkai.core.refusal import Refusal
from gongkai.foundation import clock
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.readings import machine, policies, standing
from gongkai.oversight.readings.events import READ
from gongkai.oversight.readings.models import Finding, Reading, Transcript
from gongkai.oversight.readings.models.finding import mark_of

logger = logging.getLogger(__name__)
LEVELS = ("error", "warning", "note")


def read(reading: Reading, *, guard: Guard | None = None) -> Reading:
    """Read the file of *reading*; what cannot be read is said in one sentence, never raised.

    Args:
        reading: What to read.
        guard: Where risky formats are opened; for many files one guard is enough.
    """
    try:
        with reading.file.open("rb") as opened:
            result = machine.read(reading.name, opened.read(), guard=guard)
    except Refusal as refusal:
        return give_up(reading, str(refusal))
    except Exception:  # hostile input may break any parser, and the other files go on
        logger.exception("reading %s failed", reading.pk)
        return give_up(reading, "读取这份文件时出错，已记入日志。请转换成另一种格式后重新上传。")
    with transaction.atomic():
        keep(reading, result)
        record(
            READ,
            on=reading,
            path=str(reading.organisation.path),
            facts={"figures": reading.figures, "errors": reading.errors},
        )
    _check_next_year(reading)
    return reading


def keep(reading: Reading, result: Read) -> None:
    """Write down what the machine read; title, agency and year only where nobody said any."""
    reading.transcript, _ = Transcript.objects.update_or_create(
        reading=reading,
        defaults={
            "text": _storable(result.text),
            "machine": result.with_findings(()).as_json() | {"file": reading.name},
        },
    )
    reading.title = reading.title or _storable(result.title or "")[:300]
    reading.agency = reading.agency or _storable(result.agency or "")[:120]
    reading.year = reading.year or result.year
    reading.form = result.form.key if result.form else ""
    reading.state, reading.error = Reading.State.READ, ""
    reading.read_at = clock.now()
    reading.save()
    write_findings(reading)


def give_up(reading: Reading, sentence: str) -> Reading:
    """Write down that *reading* could not be read, and why."""
    reading.state, reading.error = Reading.State.UNREADABLE, sentence
    reading.read_at = clock.now()
    reading.save(update_fields=["state", "error", "read_at"])
    return reading


def read_again(reading: Reading, *, by: Reader) -> Job:
    """Have *reading* read anew, such as after an improvement of the software."""
    from gongkai.oversight.readings.jobs import read_documents  # noqa: PLC0415  # it calls actions

    policies.must(by, policies.JUDGE, reading)
    arguments = {"readings": [reading.pk], "again": True}
    with transaction.atomic():
        job: Job = start(
            read_documents, by=by, arguments=arguments, title=f"重新读取 {reading}"[:200]
        )
        reading.job = job
        reading.save(update_fields=["job"])
    return job


def check_again(reading: Reading) -> Reading:
    """Run the checks anew, such as after a rule changed."""
    with transaction.atomic():
        write_findings(reading)
    return reading


def write_findings(reading: Reading) -> None:
    """Check the report as it stands now; decisions of people are taken over by mark."""
    now = standing.current(reading)
    judged = machine.judge(now, previous=_previous(reading))
    decided = standing.decisions(reading)
    seen: set[str] = set()
    fresh: list[Finding] = []
    for found in sorted(judged.findings, key=_by_weight):
        finding = _finding(reading, now, found, number=len(fresh) + 1)
        if finding.mark in seen:
            continue
        seen.add(finding.mark)
        if finding.mark in decided:
            finding.state = decided[finding.mark].state
        fresh.append(finding)
    Finding.objects.filter(reading=reading).delete()
    Finding.objects.bulk_create(fresh, batch_size=500)
    filled = (State.VALUE, State.ZERO)
    reading.figures = sum(c.cell.state in filled for c in now.cells) + len(now.statements)
    reading.judged, reading.agreed = judged.judged, judged.agreed
    reading.save(update_fields=["figures", "judged", "agreed"])
    standing.count_findings(reading)


def _finding(reading: Reading, now: Read, found: Found, *, number: int) -> Finding:
    cells = [str(now.cells[i].place) for i in found.cells if i < len(now.cells)]
    statements = [i for i in found.statements if i < len(now.statements)]
    words = [now.statements[i].text[:80] + str(now.statements[i].at) for i in statements]
    return Finding(
        reading=reading,
        number=number,
        rule=found.rule[:120],
        level=found.level,
        title=machine.title_of(found.rule)[:200],
        message=_storable(found.message),
        left=_storable(found.left or "")[:300],
        right=_storable(found.right or "")[:300],
        cells=cells,
        statements=statements,
        at=[list(span) for span in found.at],
        mark=mark_of(found.rule, [*cells, *words], [found.left, found.right]),
    )


def _by_weight(found: Found) -> tuple[int, int]:
    return LEVELS.index(found.level), found.at[0].start if found.at else 1 << 40


def _previous(reading: Reading) -> Read | None:
    """Return the report of the year before, where the room has it."""
    if not (reading.agency and reading.year):
        return None
    before = Reading.objects.filter(
        organisation=reading.organisation_id,
        agency=reading.agency,
        year=reading.year - 1,
        state=Reading.State.READ,
    )
    found = before.select_related("transcript").first()
    return standing.current(found) if found else None


def _check_next_year(reading: Reading) -> None:
    if not (reading.agency and reading.year):
        return
    after = Reading.objects.filter(
        organisation=reading.organisation_id,
        agency=reading.agency,
        year=reading.year + 1,
        state=Reading.State.READ,
    )
    for later in after[:3]:
        check_again(later)


def _storable(text: str) -> str:
    """Return *text* without what PostgreSQL cannot keep; every place stays where it is."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
