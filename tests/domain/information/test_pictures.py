"""Pictures in a text: whose they are, what they say, where they are delivered, and where they are printed."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories.information import drafted, published, publishing_office, signed

from gongkai.core.rendering.gazette import gazette_file
from gongkai.core.rendering.sheet import sheet_file
from gongkai.domain.channels import printing
from gongkai.domain.channels.actions import compose, include
from gongkai.domain.information.actions import Reviewed, publish_many, save, submit, withdraw
from gongkai.domain.information.actions.saving import Attached
from gongkai.domain.information.desk.form import initial_of
from gongkai.domain.information.differences import compare
from gongkai.domain.information.errors import PicturesUntold
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import named, pictures_in
from gongkai.domain.information.portal import items
from gongkai.domain.information.portal.public_pages import render_many
from gongkai.domain.information.searching import plain
from gongkai.domain.review.models import Chain
from gongkai.foundation.attachments import receive
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.attachments.sweeping import sweep
from gongkai.site.api import shapes

pytestmark = pytest.mark.django_db
DESK = "/desk/information/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ALT = "新城水厂改造前后供水范围对比图"


@pytest.fixture
def office():
    return publishing_office()


def photograph(who, *, color="navy", artist="张三"):
    """What *who* uploads: a photograph that says who took it."""
    picture, made, exif = Image.new("RGB", (320, 200), color), io.BytesIO(), Image.Exif()
    exif[0x013B] = artist
    picture.save(made, "JPEG", exif=exif)
    return receive(SimpleUploadedFile("图1.jpg", made.getvalue()), who)


def clean(stored):
    """The copy that may be published."""
    with stored.open_public() as stream:
        return stream.read()


def shown(item, stored, alt=ALT):
    """A paragraph as the editor sends it."""
    source = f"{DESK}{item.pk}/pictures/{stored.public_digest}.jpg"
    return f'<p>范围见下图。</p><p class="align-center"><img src="{source}" alt="{alt}"></p>'


def test_a_picture_is_cleaned_told_in_words_signed_and_delivered_with_the_text(office):
    item, stored = drafted(office), photograph(office.clerk)
    foreign = photograph(office.office, color="red")
    text = (
        shown(item, stored, "") + shown(item, foreign) + '<p><img src="/logo.png" alt="徽标">完</p>'
    )
    save(item, by=office.clerk, values={"body": text})
    item.refresh_from_db()
    (picture,) = pictures_in(item.body)
    assert picture.digest == stored.public_digest, (
        "only what one has uploaded, and nothing of others"
    )
    assert [file.title for file in item.files.all()] == [picture.name]
    assert item.body.count("<img") == 1
    with pytest.raises(PicturesUntold, match="1 张"):
        submit(item, by=office.clerk)
    clerk, other, public = Client(), Client(), Client()
    clerk.force_login(office.clerk.user, backend=BACKEND)
    at_desk = clerk.get(f"{DESK}{item.pk}/pictures/{picture.name}")
    assert b"".join(at_desk.streaming_content) == clean(stored)
    assert clerk.get(f"{DESK}{item.pk}/pictures/{foreign.public_digest}.jpg").status_code == 404
    assert other.get(f"{DESK}{item.pk}/pictures/{picture.name}").status_code == 302
    page = clerk.get(f"{DESK}{item.pk}/preview/page/").content.decode()
    assert f'src="{DESK}{item.pk}/pictures/{picture.name}"' in page
    before = Item.objects.get(pk=item.pk)
    save(
        item,
        by=office.clerk,
        values={"body": initial_of(item)["body"].replace('alt=""', f'alt="{ALT}"')},
    )
    item.refresh_from_db()
    assert f"〔图：{ALT}〕" in "".join(
        p.text for q in compare(before, item).paragraphs for p in q.pieces
    )
    signed(office, item)
    address = f"{item.folder}{picture.name}"
    html = public.get(item.address).content.decode()
    assert f'<img src="{address}" alt="{ALT}">' in html
    assert picture.name not in html.partition("item-body")[2].partition("</article>")[2], (
        "it is no attachment"
    )
    sent = b"".join(public.get(address).streaming_content)
    assert sent == clean(stored)
    assert b"\xff\xe1" not in sent, "who took it is nobody's business"
    assert ALT in plain(item.body)
    (facts,) = shapes.items(list(shapes.items_shown().filter(pk=item.pk)), full=True)
    assert shapes.absolute(address) in facts["body"]
    save(item, by=office.clerk, values={"body": "<p>不用图了。</p>"})
    assert item.get_latest_revision_as_object().files.count() == 0
    sent = b"".join(public.get(address).streaming_content)
    assert sent == clean(stored), "what is public changes with the signature"
    withdraw(item, by=office.office, reason="图有误")
    assert public.get(address).status_code == 410


def test_a_picture_that_only_a_version_names_is_not_swept(office):
    item, stored, unused = (
        published(office),
        photograph(office.clerk),
        photograph(office.clerk, color="red"),
    )
    save(item, by=office.clerk, values={"body": shown(item, stored)})
    assert not item.files.exists(), "what is public has not changed yet"
    swept = sweep(grace=timedelta(0))
    assert swept.files == 1
    assert [row.pk for row in StoredFile.objects.all()] == [stored.pk]
    assert unused.pk != stored.pk
    signed(office, item, reason="补图")
    assert item.files.get().digest == stored.public_digest


def test_the_gazette_and_the_sheet_print_pictures(office):
    stored = photograph(office.clerk)
    body = f'<p>范围见下图。</p><p><img src="/pictures/{stored.public_digest}.jpg" alt="{ALT}">以上。</p>'
    item = published(office, body=body, kind="normative")
    facts = {"title": "公报", "year": 2026, "number": 1, "total": 1, "day": date(2026, 1, 31)}
    gazette = compose(office.city, by=office.office, **facts)
    include(gazette, [item], by=office.office)
    sheet = printing.sheet_of([item], office.bureau, day=date(2026, 1, 31))
    for made in (gazette_file(printing.printed(gazette)), sheet_file(sheet)):
        pdf = pypdfium2.PdfDocument(made)
        kinds = [thing.type for page in pdf for thing in page.get_objects(max_depth=6)]
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds
    withdraw(item, by=office.office, reason="有误")
    assert printing.pictures_of([item]) == {}


def test_pictures_come_in_with_what_was_reviewed_elsewhere(office):
    stored = photograph(office.office)
    body = f'<p><img src="/pictures/{stored.public_digest}.jpg" alt="{ALT}"></p><p><img src="/pictures/{"0" * 64}.png" alt="没有">文</p>'
    thing = Reviewed(
        {"title": "带图的公告", "body": body, "column": office.column},
        files=(Attached(stored, "图一"),),
    )
    chain = Chain.objects.get(organisation=office.city, importance="general")
    signers = [office.head.user, office.second.user]
    (item,) = publish_many(
        office.bureau, [thing], chain=chain, signers=signers, evidence="审签单", by=office.office
    )
    (public,) = items.public([item.pk])
    assert [p.digest for p in pictures_in(public.body)] == [stored.public_digest]
    files = {a.name: a for a in items.show([public])[item.pk].files}
    assert set(files) == {"图一.jpg", f"{stored.public_digest}.jpg"}
    address = f"{item.folder}{stored.public_digest}.jpg"
    assert dict(render_many([address]))[address] is not None


def test_a_text_at_rest_stays_at_rest():
    name = f"{'a' * 64}.png"
    text = f'<p><img src="/items/0/7/files/{name}" alt="a &lt; b"><img src="/x.png" alt=""></p>'
    rest = named(text)
    assert rest == f'<p><img src="/pictures/{name}" alt="a &lt; b"></p>'
    assert named(rest) == rest
    assert pictures_in(rest)[0].alt == "a < b"
    assert not StoredFile.objects.exists()
