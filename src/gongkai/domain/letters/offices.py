"""An organisation as its letters speak of it, and its templates in its own words."""

from collections.abc import Mapping

from gongkai.core.letters import Office, Template, adapted, template
from gongkai.domain.letters.models import Adaptation, LetterOffice
from gongkai.domain.organisations.models import Organisation


def settings_of(organisation: Organisation) -> LetterOffice:
    """Return how *organisation* signs; unsaved where nobody has said so yet."""
    found = LetterOffice.objects.filter(organisation=organisation).select_related("seal").first()
    return found or LetterOffice(organisation=organisation)


def office_of(organisation: Organisation) -> Office:
    """Return *organisation* as letters name it."""
    told = settings_of(organisation)
    return Office(
        name=organisation.name,
        mark=told.mark,
        kind=told.kind,
        reviewers=tuple(filter(None, (line.strip() for line in told.reviewers.splitlines()))),
        court=told.court,
        online=told.online,
        contact=told.contact,
    )


def adaptation_of(organisation: Organisation, key: str) -> Adaptation | None:
    """Return the wording of *key* that *organisation* uses: its own, else that of the nearest above it."""
    return adaptations_of(organisation, key).get(key)


def adaptations_of(organisation: Organisation, *keys: str) -> Mapping[str, Adaptation]:
    """Return the wordings that *organisation* uses instead of the law's, by template; of *keys* if any are given.

    Of each office on the way up its latest version counts. One without words went back to the law: where that is
    the office's own decision the law's wording stands, else the next office above is asked.
    """
    step = Organisation.steplen
    path = str(organisation.path)
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    rows = Adaptation.objects.filter(organisation__path__in=above)
    if keys:
        rows = rows.filter(template__in=keys)
    latest: dict[tuple[str, int], Adaptation] = {}
    for row in rows.select_related("organisation").order_by("-organisation__path", "-version"):
        latest.setdefault((row.template, row.organisation_id), row)
    found: dict[str, Adaptation | None] = {}
    for (key, office), row in latest.items():
        if row.body or office == organisation.pk:
            found.setdefault(key, row if row.body else None)
    return {key: row for key, row in found.items() if row is not None}


def template_of(organisation: Organisation, key: str) -> Template:
    """Return the template *key* as *organisation* words it.

    Raises:
        UnknownTemplate: There is none of that key.
    """
    made = template(key)
    found = adaptation_of(organisation, key)
    return adapted(made, title=found.title, body=found.body) if found else made
