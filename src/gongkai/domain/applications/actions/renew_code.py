"""Somebody who lost the secret code of a case gets another one."""

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.errors import NothingChecked
from gongkai.domain.applications.events import CODE_RENEWED
from gongkai.domain.applications.models import Application, CodeRenewal, Proof
from gongkai.domain.applications.numbering import mark_of, new_code
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

PRINT, EMAIL = "print", "email"


def renew_code(
    application: Application, *, by: Reader, proof: Proof | str, checked: str, sent: str = PRINT
) -> str:
    """Replace the secret code of *application* and return the new one, which is told only once.

    The old code stops at once, and so does whatever was opened with it: pages that follow the case, and the list of
    an account in which it stood.

    Args:
        application: The case.
        by: Who made sure that it is the applicant.
        proof: How.
        checked: What was compared with what, in their words; kept sealed.
        sent: How the code gets to the applicant.

    Raises:
        NotAllowed: The post does not allow it.
        NothingChecked: It is not said what was checked.
    """
    path = str(application.organisation.path)
    by.must(policies.RENEW_CODE, path)
    if not checked.strip():
        raise NothingChecked
    code = new_code()
    with transaction.atomic():
        row = held(application.pk)
        row.code_mark, row.account = mark_of(row.number, code), None
        row.save(update_fields=["code_mark", "account"])
        made = CodeRenewal.objects.create(
            application=row, proof=Proof(proof), checked=checked.strip(), sent=sent, by=by.user
        )
        record(
            CODE_RENEWED,
            by=by,
            act=policies.RENEW_CODE,
            path=path,
            on=row,
            facts={"renewal": made.pk, "proof": made.proof, "sent": sent},
        )
    return code
