"""An office decides how its index numbers look."""

from django.db import transaction

from gongkai.domain.information.events import NUMBERING
from gongkai.domain.information.models import IndexRule
from gongkai.domain.information.numbering import must_fit
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.number"


def set_index_rule(
    organisation: Organisation, *, template: str, registration: str = "", by: Reader
) -> IndexRule:
    """Have the index numbers of *organisation* and of what is below it made by *template* from now on.

    *registration* is the pattern of the numbers under which normative documents are registered.

    Raises:
        NotAllowed: The post does not allow it.
        BadTemplate: A pattern cannot give unique numbers.
    """
    path = str(organisation.path)
    by.must(ACT, path)
    template, registration = template.strip(), registration.strip()
    must_fit(template)
    if registration:
        must_fit(registration, apart=False)
    with transaction.atomic():
        before = IndexRule.objects.filter(organisation=organisation).first()
        rule, _ = IndexRule.objects.update_or_create(
            organisation=organisation,
            defaults={"template": template, "registration": registration},
        )
        record(
            NUMBERING,
            by=by,
            act=ACT,
            path=path,
            on=rule,
            before=[before.template, before.registration] if before else None,
            after=[template, registration],
        )
    return rule
