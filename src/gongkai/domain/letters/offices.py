"""An organisation as its letters speak of it, and its templates in its own words."""

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
    step = Organisation.steplen
    path = str(organisation.path)
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    rows = Adaptation.objects.filter(template=key, organisation__path__in=above)
    latest = rows.select_related("organisation").order_by("-organisation__path", "-version")
    for found in latest:
        if found.body:
            return found
        if found.organisation_id == organisation.pk:
            return None  # it went back to the law by its own decision
    return None


def template_of(organisation: Organisation, key: str) -> Template:
    """Return the template *key* as *organisation* words it.

    Raises:
        UnknownTemplate: There is none of that key.
    """
    made = template(key)
    found = adaptation_of(organisation, key)
    return adapted(made, title=found.title, body=found.body) if found else made
