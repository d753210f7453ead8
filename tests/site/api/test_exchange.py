"""Packages for a network without connection: complete, signed, harmless to import twice."""

import json
import shutil
import zipfile
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.domain.information.actions import Attached, withdraw
from gongkai.foundation.attachments import examine, receive
from gongkai.site.api.exchange import signing
from gongkai.site.api.models import Change, Received

pytestmark = pytest.mark.django_db


def say(*words):
    out = StringIO()
    call_command("exchange", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def office(settings, tmp_path):
    settings.GONGKAI_PUBLIC = None
    settings.GONGKAI_DATA = tmp_path / "lower"
    return publishing_office()


def test_what_is_exported_arrives_once_and_what_was_withdrawn_goes(office, settings, tmp_path):
    items = [published(office, title=f"第{n}号公告") for n in range(3)]
    with pytest.raises(CommandError, match="keygen"):
        say("export", tmp_path / "a.zip")
    (tmp_path / "lower.pem").write_text(say("keygen"))
    first = say("export", tmp_path / "a.zip")
    upto = Change.objects.latest("sequence").sequence
    assert f"--after {upto}" in first
    withdraw(items[0], by=office.office, reason="内容有误")
    say("export", tmp_path / "b.zip", "--after", upto)
    assert say("export", tmp_path / "again.zip").startswith("已导出")

    settings.GONGKAI_DATA = tmp_path / "upper"
    with pytest.raises(CommandError, match="信任名单"):
        say("import", tmp_path / "a.zip")
    say("trust", tmp_path / "lower.pem", "--name", "云川市")
    assert "完好：云川市 签名" in say("verify", tmp_path / "a.zip")
    say("import", tmp_path / "a.zip")
    there = Received.objects.filter(kind="item", is_gone=False)
    assert {row.data["title"] for row in there} == {f"第{n}号公告" for n in range(3)}
    say("import", tmp_path / "b.zip")
    assert {row.key for row in there.all()} == {items[1].pk, items[2].pk}
    count = Received.objects.count()
    assert "新增 0 条，更新 0 条" in say("import", tmp_path / "a.zip"), (
        "what is older changes nothing"
    )
    assert {row.key for row in there.all()} == {items[1].pk, items[2].pk}
    assert Received.objects.count() == count


def test_a_package_that_was_touched_is_refused_whole(office, tmp_path):
    published(office)
    say("keygen")
    whole = tmp_path / "a.zip"
    say("export", whole)
    with zipfile.ZipFile(whole) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    manifest = json.loads(parts["manifest.json"])
    others = signing.Ed25519PrivateKey.generate()
    forged = json.dumps(manifest | {"upto": 9}).encode()
    stranger = json.dumps(manifest | {"signer": signing.fingerprint(others.public_key())}).encode()
    changes = {
        "records": {
            "records.jsonl": parts["records.jsonl"].replace("通知".encode(), "通告".encode())
        },
        "records cut": {"records.jsonl": parts["records.jsonl"][:-20]},
        "manifest": {"manifest.json": forged},
        "stranger": {"manifest.json": stranger, "manifest.sig": others.sign(stranger)},
        "file too many": {"../../evil": b"x"},
        "no signature": {"manifest.sig": None},
        "bomb": {"records.jsonl": b"0" * 20_000_000},
    }
    for name, change in changes.items():
        bad = tmp_path / "bad.zip"
        with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as package:
            for part, data in {**parts, **change}.items():
                if data is not None:
                    package.writestr(part, data)
        with pytest.raises(CommandError) as refusal:
            say("import", bad)
        assert "请" in str(refusal.value), name
    shutil.copy(__file__, tmp_path / "text.zip")
    with pytest.raises(CommandError, match="不是交换包"):
        say("verify", tmp_path / "text.zip")
    assert not Received.objects.exists()
    with pytest.raises(CommandError, match="已经有签名密钥"):
        say("keygen")


def test_a_package_that_was_damaged_on_its_way_is_refused_wherever_the_damage_is(office, tmp_path):
    published(office)
    say("keygen")
    whole = tmp_path / "a.zip"
    say("export", whole)
    data = whole.read_bytes()
    bad = tmp_path / "bad.zip"
    said = []
    for at in range(0, len(data), 7):
        bad.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        try:
            say(
                "verify", bad
            )  # what does not matter, such as a moment in the directory, may differ
        except CommandError as refusal:
            said.append(str(refusal))
    assert len(said) > len(data) // 10
    assert all("请" in each for each in said)
    for at in (0, len(data) // 3, len(data) - 5):
        bad.write_bytes(data[:at])
        with pytest.raises(CommandError, match="不是交换包"):
            say("import", bad)
    with pytest.raises(CommandError, match="请检查"):
        say("import", tmp_path / "nowhere.zip")
    with pytest.raises(CommandError, match="请检查"):
        say("export", tmp_path / "nowhere" / "a.zip")
    with pytest.raises(CommandError, match="请检查"):
        say("trust", tmp_path / "nowhere.pem", "--name", "云川市")


def test_the_files_of_what_was_withdrawn_do_not_stay_with_who_received_them(
    office, settings, tmp_path
):
    stored = {}
    for name in ("名册", "表格"):
        stored[name] = receive(
            ContentFile(f"{name},金额\n1,2\n".encode(), f"{name}.csv"), office.clerk
        )
        examine(stored[name])
        stored[name].refresh_from_db()
    both = [Attached(stored[name], name) for name in stored]
    gone, stays = drafted(office, title="名册和表格", files=both), drafted(office, files=both[1:])
    for item in (gone, stays):
        signed(office, item)
    (tmp_path / "lower.pem").write_text(say("keygen"))
    say("export", tmp_path / "a.zip")
    upto = Change.objects.latest("sequence").sequence
    withdraw(gone, by=office.office, reason="含个人信息")
    say("export", tmp_path / "b.zip", "--after", upto)
    settings.GONGKAI_DATA = tmp_path / "upper"
    say("trust", tmp_path / "lower.pem", "--name", "云川市")
    say("import", tmp_path / "a.zip")
    kept = tmp_path / "upper" / "exchange" / "files"
    assert sum(1 for place in kept.rglob("*") if place.is_file()) == 2
    say("import", tmp_path / "b.zip")
    (left,) = (place for place in kept.rglob("*") if place.is_file())
    assert "表格" in left.read_text("utf-8-sig")


def test_a_package_that_never_came_is_missed(office, settings, tmp_path):
    (tmp_path / "lower.pem").write_text(say("keygen"))
    after = 0
    for name in ("a.zip", "b.zip", "c.zip"):
        published(office, title=f"{name}里的公告")
        say("export", tmp_path / name, "--after", after)
        after = Change.objects.latest("sequence").sequence
    settings.GONGKAI_DATA = tmp_path / "upper"
    say("trust", tmp_path / "lower.pem", "--name", "云川市")
    say("import", tmp_path / "a.zip")
    with pytest.raises(CommandError, match="中间缺"):
        say("import", tmp_path / "c.zip")
    say("import", tmp_path / "b.zip")
    say("import", tmp_path / "c.zip")
    assert Received.objects.filter(kind="item", is_gone=False).count() == 3
