"""A case has been kept long enough: what its remedies say of people goes with it."""

from typing import Any

from gongkai.domain.applications.models import Application
from gongkai.domain.letters.events import forgetting
from gongkai.domain.remedies.models import Remedy


def forget(application: Application, **_: Any) -> None:
    """Take away claimant, words and papers of the remedies of *application*; kind, days and outcome stay."""
    for remedy in Remedy.objects.filter(application=application):
        remedy.claimant = remedy.claims = remedy.result = remedy.lessons = ""
        remedy.save(update_fields=["claimant", "claims", "result", "lessons"])
        remedy.papers.all().delete()


def connect() -> None:
    """Take part when a case is forgotten."""
    forgetting.connect(forget, dispatch_uid="remedies-forgetting")
