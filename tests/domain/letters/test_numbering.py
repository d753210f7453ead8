"""Many clerks send letters at the same moment: every number once, and none left out."""

import threading
from importlib import import_module

import pytest
from django.db import connection
from tests.factories.applications import answering_office, applied

from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.letters.actions import draft, issue, rewrite, set_office
from gongkai.domain.letters.errors import LetterRefused
from gongkai.foundation.permissions import Reader

HANDS, EACH = 6, 3
VALUES = {"检索情况": "检索了档案室", "理由": "没有制作过"}


@pytest.mark.django_db(transaction=True)
def test_letters_sent_on_many_connections_are_numbered_without_gap_or_double(monkeypatch):
    office = answering_office()
    told = {"mark": "云水公复", "reviewers": "云川市人民政府", "contact": "0000-8800300"}
    set_office(office.bureau, by=office.head, **told)
    # printing takes its time and is looked at elsewhere; here numbers are what hands reach for
    issuing = import_module("gongkai.domain.letters.actions.issue")
    for print_it in ("letter_pdf", "letter_docx"):
        monkeypatch.setattr(issuing, print_it, lambda *_, **__: b"x")
    piles = [[_drafted(office) for _ in range(EACH)] for _ in range(HANDS)]
    failures, refused = [], []
    ready = threading.Barrier(HANDS)

    def send(pile):
        try:
            by = Reader.of(office.clerk.user)
            ready.wait()
            for key in pile:
                try:
                    issue(Letter.objects.get(pk=key), by=by)
                except LetterRefused as refusal:
                    refused.append(str(refusal))
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must see it
            failures.append(error)
        finally:
            connection.close()

    # two pairs of hands hold the same letter: it goes out once
    piles[0][0] = piles[1][0]
    hands = [threading.Thread(target=send, args=(pile,)) for pile in piles]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert failures == []
    assert len(refused) == 1
    sent = Letter.objects.exclude(number="").values_list("number", flat=True)
    found = sorted(int(number.partition("〕")[2].rstrip("号")) for number in sent)
    assert found == list(range(1, HANDS * EACH))


def _drafted(office) -> int:
    application: Application = applied(office)
    letter = draft(application, "not-existing", by=office.clerk)
    rewrite(letter, by=office.clerk, addressee="甲", values=VALUES)
    return letter.pk
