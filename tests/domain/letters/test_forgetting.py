"""A case has been kept long enough: what it says of people goes, every figure stays."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from tests.factories import samples
from tests.factories.applications import MATTER, answering_office, applied, decided

from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.figures import tables
from gongkai.domain.applications.models import Party
from gongkai.domain.letters.actions.forget import forget
from gongkai.domain.letters.errors import KeptLonger, NotArchived
from gongkai.domain.remedies.actions import file_paper, lodge
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
SAID = "请寄给住在河滨路的测试申请人甲"


def test_what_a_case_says_of_people_goes_and_every_figure_stays(capsys):
    office = answering_office()
    with clock.moved_to(date(2026, 3, 2)):
        application = applied(office)
        proceed(application, "ask-supplement", by=office.clerk, until=date(2026, 3, 20))
        proceed(application, "supplement", by=None, text=SAID)
        party = Party.objects.create(application=application, whom="third-party", name="某公司")
        with pytest.raises(NotArchived):
            forget(application, by=office.office)
        decided(office, application, "granted")
        proceed(application, "deliver", by=office.clerk, means="post", tracking="EX7CN")
        application.refresh_from_db()
        proceed(application, "archive", by=office.clerk)
        facts = {"kind": "complaint", "filed": clock.today(), "body": "云川市人民政府"}
        remedy = lodge(application, by=office.clerk, claimant="某公司", claims=SAID, **facts)
        upload = SimpleUploadedFile("申请书.pdf", samples.pdf())
        file_paper(remedy, upload, by=office.clerk, kind="claim")
        assert application.facts.get(act="supplement").text == SAID

    def cells():
        filled = tables([office.bureau.pk], Period(2026), "format-2021")[office.bureau.pk]
        return {place: answer.value for place, answer in filled.items()}

    before = cells()
    with clock.moved_to(date(2036, 12, 31)):
        with pytest.raises(NotAllowed):
            forget(application, by=office.clerk)
        with pytest.raises(KeptLonger):
            forget(application, by=None)
    with clock.moved_to(date(2037, 1, 1)):
        call_command("forget_applications")
        assert "可以删除 1 件" in capsys.readouterr().out
        call_command("forget_applications", yes=True)
        assert "已删除 1 件" in capsys.readouterr().out
    application.refresh_from_db()
    party.refresh_from_db()
    assert application.erased_at
    assert (application.telephone, application.document_mark) == ("", "")
    told = (application.name, application.matter, party.name)
    assert not any(word in f"{told}" for word in ("测试申请人甲", MATTER, "某公司"))
    assert application.facts.get(act="supplement").text == ""
    assert application.facts.get(act="deliver").tracking == ""
    remedy.refresh_from_db()
    assert (remedy.claimant, remedy.claims, remedy.papers.count()) == ("", "", 0)
    assert before == cells()
    assert before["requests/granted/natural"] == 1
    assert Record.objects.filter(event="letters.forgotten").count() == 1
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("applications_", "letters_", "wagtailcore_revision")):
                cursor.execute(f'SELECT * FROM "{table}"')  # our own tables
                assert MATTER not in repr(cursor.fetchall()), table


def test_what_is_refused_is_not_counted_as_deleted(capsys, monkeypatch):
    office = answering_office()
    with clock.moved_to(date(2026, 3, 2)):
        application = decided(office, applied(office), "granted").application
        proceed(application, "deliver", by=office.clerk, means="post")
        proceed(application, "archive", by=office.clerk)
    digests = iter(("before", "after"))
    monkeypatch.setitem(forget.__globals__, "_figures", lambda _: next(digests))
    with clock.moved_to(date(2037, 1, 1)):
        call_command("forget_applications", yes=True)
    told = capsys.readouterr()
    assert "已删除 0 件" in told.out, "a figure would have moved: nothing was deleted"
    assert application.number in told.err
    application.refresh_from_db()
    assert application.erased_at is None
