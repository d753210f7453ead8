"""The demo's reading room: five real reports, with the figures that were published and their source.

Their texts are not ours to pass on. Where they lie beside the checkout (``GONGKAI_SHARED``) the reader reads
them; elsewhere the figures alone stand in the room, and the page says so.
"""

import io
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from gongkai.domain.organisations.queries import top
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.oversight.readings import actions
from gongkai.oversight.readings.models import Reading

ORDER = 300
OFFICIAL = "gongkai"


def load(folder: Path) -> str | None:
    """Enter what is not there yet."""
    places = sorted((folder / "readings").glob("*.yaml"))
    organisation, user = top(), User.objects.filter(username=OFFICIAL).first()
    if not places or organisation is None or user is None:
        return None
    by, count = Reader.of(user), 0
    for place in places:
        facts = yaml.safe_load(place.read_text(encoding="utf-8"))
        if Reading.objects.filter(organisation=organisation, name=facts["seed"]).exists():
            continue
        text = Path(settings.GONGKAI_SHARED) / "seeds" / facts["seed"]
        if text.is_file():
            _enter_text(facts, text.read_bytes(), by=by, organisation=organisation)
        else:
            actions.enter_facts(facts, by=by, organisation=organisation)
        count += 1
    return f"年报审校：新增 {count} 份公开年报。" if count else None


def _enter_text(facts: dict[str, Any], data: bytes, *, by: Reader, organisation: Any) -> None:
    received = actions.receive(
        [(facts["seed"], len(data), io.BytesIO(data))],
        by=by,
        organisation=organisation,
        source=facts["source"],
        at_once=True,
    )
    for reading in received.readings:
        described = {name: facts[name] for name in ("title", "agency", "year", "source")}
        actions.describe(reading, by=by, **described)
