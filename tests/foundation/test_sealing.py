"""What is sealed: unreadable outside, bound to its place, opened by two keys while they are changed."""

import copy
import io
import json
import pprint
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import samples

from gongkai.foundation import clock
from gongkai.foundation.attachments import errors as attachments
from gongkai.foundation.sealing import errors, fingerprint, fingerprints, keys, receive_sealed
from gongkai.foundation.sealing.ciphers import KINDS, fresh_key
from gongkai.foundation.sealing.keys import add_key, ring
from gongkai.foundation.sealing.models import SealedFile
from gongkai.foundation.sealing.private import Private, hidden
from gongkai.foundation.sealing.rotation import forget, keys_in_use, rotate
from gongkai.foundation.sealing.streams import PIECE, Opened, sealed_pieces
from gongkai.foundation.sealing.sweeping import sweep
from gongkai.foundation.sealing.values import Ciphertext, seal, unseal

SECRET = "居民身份证-王小明.pdf"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    path = settings.GONGKAI_KEYS = tmp_path / "sealing.json"
    keys._write(path, keys.Ring((keys._fresh(),)))
    return path


def brought(name=SECRET, data=None):
    return receive_sealed(SimpleUploadedFile(name, data or samples.pdf()), None)


def in_the_table(column="name") -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sealing_sealedfile ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@given(st.text(min_size=1), st.text(), st.sampled_from(sorted(KINDS)))
def test_what_is_sealed_opens_in_its_place_alone(plain, place, cipher):
    from django.conf import settings  # noqa: PLC0415  # hypothesis and fixtures do not mix

    before = settings.GONGKAI_SEAL_CIPHER
    settings.GONGKAI_SEAL_CIPHER = cipher
    try:
        if ring().newest.cipher != cipher:
            add_key()
        sealed = seal(plain, place)
    finally:
        settings.GONGKAI_SEAL_CIPHER = before
    assert unseal(sealed, place) == plain
    with pytest.raises(errors.Unreadable):
        unseal(sealed, place + "?")
    head, body = sealed[:-6], sealed[-6:]
    changed = Ciphertext(head + ("A" if body[0] != "A" else "B") + body[1:])
    with pytest.raises(errors.Unreadable):
        unseal(changed, place)


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_reads_from_anywhere_and_cannot_be_cut_or_shuffled(size):
    data = bytes(i % 251 for i in range(size))
    facts = {"cipher": "sm4-gcm", "key": fresh_key("sm4-gcm"), "bound": "here"}
    pieces = list(sealed_pieces([data[:7], data[7:]], **facts))
    whole = b"".join(pieces)
    opened = io.BufferedReader(Opened(io.BytesIO(whole), size=size, **facts))
    assert opened.read() == data
    opened.seek(size // 2)
    assert opened.read(9) == data[size // 2 : size // 2 + 9]
    wrong = [whole[:-1], whole[:-40]]
    if len(pieces) > 3:
        wrong += [b"".join([pieces[0], pieces[2], pieces[1], *pieces[3:]])]
        wrong += [b"".join(pieces[:-1])]
    for bad in wrong:
        with pytest.raises(errors.Unreadable):
            io.BufferedReader(Opened(io.BytesIO(bad), size=size, **facts)).read()


def test_nothing_that_programmers_print_shows_what_is_private():
    facts = {"name": Private(SECRET), "all": hidden([SECRET, {"more": SECRET}])}
    for shown in (repr(facts), pprint.pformat(facts), f"{facts['name']!r}", f"{[facts['name']]}"):
        assert "王小明" not in shown
    assert f"{facts['name']}" == SECRET
    assert json.loads(json.dumps(facts))["all"][1]["more"] == SECRET


def test_a_fingerprint_knows_the_same_number_in_any_writing():
    assert fingerprint("11010119900101123x") == fingerprint(" 110101 19900101 123Ｘ ")
    assert fingerprint("11010119900101123X") != fingerprint("110101199001011231")
    assert fingerprint(" ") == ""
    assert fingerprints("") == []


@pytest.mark.django_db
def test_the_database_the_disk_and_the_dump_hold_ciphertext(own_keys):
    own_keys.unlink()  # made at first use
    data = samples.pdf()
    sealed = brought(data=data)
    [stored] = in_the_table()
    kept = Path(default_storage.path(sealed.place)).read_bytes()
    dump = serializers.serialize("json", SealedFile.objects.all())
    for text in (stored, dump, kept.decode("latin-1"), repr(sealed), own_keys.read_text()):
        assert "王小明" not in text
    assert b"%PDF" not in kept
    fresh = SealedFile.objects.get()
    assert repr(SealedFile.objects.values_list("name", flat=True)[0]) == "<sealed>"
    with fresh.open() as stream:
        assert (fresh.name, stream.read()) == (SECRET, data)
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o600
    assert "王小明" not in repr(copy.copy(fresh.__dict__))


@pytest.mark.django_db
def test_a_value_moved_to_another_row_or_column_does_not_open():
    first, second = brought(), brought("二.pdf")
    names = in_the_table()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sealing_sealedfile SET name = %s WHERE id = %s", [names[0], second.pk]
        )
        cursor.execute("UPDATE sealing_sealedfile SET key = name WHERE id = %s", [first.pk])
    with pytest.raises(errors.Unreadable):
        str(SealedFile.objects.get(pk=second.pk).name)
    with pytest.raises(errors.Unreadable):
        SealedFile.objects.get(pk=first.pk).open()


@pytest.mark.django_db
def test_sealed_columns_answer_no_question_and_take_no_plain_text():
    sealed = brought()
    for ask in (
        lambda: SealedFile.objects.filter(name=SECRET).exists(),
        lambda: SealedFile.objects.filter(name__contains="王").exists(),
        lambda: SealedFile.objects.update(name="别的"),
        lambda: SealedFile.objects.bulk_update([sealed], ["name"]),
    ):
        with pytest.raises(FieldError), transaction.atomic():
            ask()
    assert SealedFile.objects.exclude(name="").exists()
    before = in_the_table()
    sealed = SealedFile.objects.get()
    sealed.name = str(sealed.name)
    sealed.save()
    assert in_the_table() == before, "what has not changed is left alone"


@pytest.mark.django_db
def test_keys_are_changed_while_somebody_reads_and_writes(settings, capsys):
    old = ring().newest.id
    files = [brought(f"{i}-{SECRET}") for i in range(7)]
    read_before = SealedFile.objects.get(pk=files[0].pk)
    also_read = SealedFile.objects.get(pk=files[1].pk)

    class BreaksOff(Exception):
        pass

    def tell(name, looked, total):
        if looked >= 4:
            raise BreaksOff

    settings.GONGKAI_SEAL_CIPHER = "sm4-gcm"
    with pytest.raises(BreaksOff):
        rotate(tell, batch=2)
    assert len(keys_in_use()) == 2
    assert {f.name for f in SealedFile.objects.all()} == {f"{i}-{SECRET}" for i in range(7)}
    also_read.kind = "docx"
    also_read.save()  # loaded before, saved under the new key
    call_command("rotate_keys", batch=3)
    assert "7 / 7" in capsys.readouterr().out
    assert len(ring().keys) == 2, "what was broken off is gone on with, not begun anew"
    assert keys_in_use() == {ring().newest.id}
    assert ring().newest.cipher == "sm4-gcm"
    assert read_before.name == f"0-{SECRET}"
    assert forget() == [old]
    for sealed in SealedFile.objects.all():
        with sealed.open() as stream:
            assert stream.read(4) == b"%PDF"


@pytest.mark.django_db
def test_a_lost_key_file_is_said_in_a_sentence_and_never_replaced(own_keys, settings, tmp_path):
    brought()
    kept = own_keys.read_bytes()
    own_keys.unlink()
    with pytest.raises(errors.MissingKeys, match="请把密钥文件放回原处"):
        brought()
    with pytest.raises(CommandError, match="找不到加密密钥文件"):
        call_command("rotate_keys", status=True)
    assert not own_keys.exists()
    own_keys.write_text("{}")
    with pytest.raises(errors.BadKeys):
        ring()
    # a ring of another platform has other keys
    own_keys.write_bytes(kept.replace(ring_id(kept), b"00000000"))
    with pytest.raises(errors.MissingKey):
        str(SealedFile.objects.get().name)


def ring_id(kept: bytes) -> bytes:
    return json.loads(kept)["keys"][0]["id"].encode()


@pytest.mark.django_db
def test_a_hostile_file_is_refused_and_an_abandoned_one_swept():
    with pytest.raises(attachments.NotTaken):
        brought("身份证.pdf", b"MZ\x90\x00 a program")
    with pytest.raises(attachments.TooLarge):
        receive_sealed(SimpleUploadedFile("大.pdf", samples.pdf()), None, most=20)
    sealed = brought()
    assert sweep() == 0
    with clock.moved_to(clock.today() + timedelta(days=3)):
        assert sweep() >= 1
    assert not SealedFile.objects.exists()
    assert not default_storage.exists(sealed.place)


def test_a_sealed_field_wants_a_row_to_bind_to():
    from gongkai.foundation.sealing.fields import SealedCharField  # noqa: PLC0415

    class Loose(models.Model):
        name = SealedCharField("姓名")

        class Meta:
            app_label = "sealing"
            managed = False

        def __str__(self):
            return "loose"

    try:
        assert [error.id for error in Loose.check()] == ["sealing.E001"]
    finally:
        del models.base.apps.all_models["sealing"]["loose"]
        models.base.apps.clear_cache()
