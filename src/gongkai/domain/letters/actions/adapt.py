"""A template is put in an office's own words."""

from django.db import transaction
from django.db.models import Max

from gongkai.core.letters import adapted, flaws, template
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import BadWording, NothingWritten
from gongkai.domain.letters.events import ADAPTED
from gongkai.domain.letters.models import Adaptation
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def adapt(organisation: Organisation, key: str, *, title: str, body: str, by: Reader) -> Adaptation:
    """Put the template *key* in the words of *organisation*: a new version, used from now on.

    Raises:
        NotAllowed: The post does not allow it.
        NothingWritten: There is no text.
        BadWording: A required element is gone, or a slot is none.
    """
    by.must(policies.SETTINGS, str(organisation.path))
    if not body.strip():
        raise NothingWritten
    made = adapted(template(key), title=title, body=body)
    if found := flaws(made, clock.today()):
        raise BadWording(reasons="".join(flaw.text for flaw in found))
    return _add(organisation, key, made.title, body.strip(), by)


def revert(organisation: Organisation, key: str, *, by: Reader) -> Adaptation:
    """Go back to the wording of the law data.

    Raises:
        NotAllowed: The post does not allow it.
    """
    by.must(policies.SETTINGS, str(organisation.path))
    template(key)
    return _add(organisation, key, "", "", by)


def _add(organisation: Organisation, key: str, title: str, body: str, by: Reader) -> Adaptation:
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        rows = Adaptation.objects.filter(organisation=organisation, template=key)
        version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
        made = Adaptation.objects.create(
            organisation=organisation,
            template=key,
            version=version,
            title=title,
            body=body,
            by=by.user,
        )
        record(
            ADAPTED,
            by=by,
            act=policies.SETTINGS,
            path=str(organisation.path),
            on=made,
            after={"title": title, "body": body},
            facts={"template": key, "version": version},
        )
    return made
