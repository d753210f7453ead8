"""Who may see and do what with letters: who handles the application, and who may know who applies."""

from typing import TypeVar

from django.db.models import QuerySet

from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.letters.models import CaseFile
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import NotThere, Reader

SETTINGS = "letters.settings"
SEAL = "letters.seal"
HANDLE = applications.HANDLE
Row = TypeVar("Row", Letter, CaseFile)


def letters_visible_to(reader: Reader, application: Application) -> QuerySet[Letter]:
    """The letters of *application*: they name who applies, so that few may read them."""
    rows = Letter.objects.filter(application=application)
    return rows if applications.may_see_identity(reader, application) else rows.none()


def fetch_letter(reader: Reader, key: int) -> Letter:
    """Return a letter with its application, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = Letter.objects.select_related("application__organisation", "fact", "pdf", "docx")
    return _with_case(reader, rows.filter(pk=key).first(), "这份文书")


def fetch_case_file(reader: Reader, key: int) -> CaseFile:
    """Return a case file, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = CaseFile.objects.select_related("pdf")
    return _with_case(reader, rows.filter(pk=key).first(), "这份案卷")


def _with_case(reader: Reader, found: Row | None, what: str) -> Row:
    """Return *found* with its application, if *reader* may know who applies."""
    if found is None:
        raise NotThere(what=what)
    try:
        application = applications.fetch(reader, found.application_id)
    except NotThere:
        raise NotThere(what=what) from None
    if not applications.may_see_identity(reader, application):
        raise NotThere(what=what)
    found.application = application
    return found


def fetch_office(reader: Reader, key: int) -> Organisation:
    """Return an organisation whose letters *reader* may set up, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    rows = Organisation.objects.filter(reader.reach(SETTINGS).q("path"), pk=key)
    found: Organisation | None = rows.first()
    if found is None:
        raise NotThere(what="这个机关")
    return found
