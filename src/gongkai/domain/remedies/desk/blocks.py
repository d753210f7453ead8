"""What remedies put on screens of applications: a block on the page of a case, a warning beside grounds."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from gongkai.domain.applications.models import Application
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.remedies import policies, queries
from gongkai.domain.remedies.desk.rows import rows_of
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader


def of_case(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return the remedies of *application* and whether one can be noted down."""
    rows = policies.visible_to(reader).filter(application=application).order_by("filed", "pk")
    rows = rows.select_related("follows").prefetch_related(queries.NEXT)
    found = list(rows.defer("claimant", "claims", "lessons"))
    may_lodge = reader.may(policies.HANDLE, str(application.organisation.path))
    today = clock.today()
    is_time = application.decided is not None or (
        application.due is not None and application.due < today
    )
    if not found and not (may_lodge and is_time):
        return None
    new = f"{reverse('remedies:new')}?application={application.pk}"
    return {"rows": rows_of(found, today), "new": new if may_lodge else ""}


def cautions(organisation: Organisation) -> Mapping[str, str]:
    """Return the grounds on which *organisation* is corrected often, with what should make somebody look."""
    return {one.ground: one.sentence for one in queries.reversed_often([organisation.pk])}
