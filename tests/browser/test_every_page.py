"""Every page of portal and desk: no other host, no axe finding, no English, no sideways scrolling."""

import re

import pytest
from django.core.management import call_command
from tests.conftest import ROOT

from gongkai.domain.organisations import demo
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.trail.models import Record

DEMO_PASSWORD = "qiushui-2026"
LATIN = re.compile(r"[A-Za-z]{3,}(?:[ '’][A-Za-z]+)+")
"""Two Latin words side by side: a sentence that nobody translated."""
KNOWN = re.compile(
    r"Mozilla|Linux|AppleWebKit|sha256|yunchuan|organisations|accounts", re.IGNORECASE
)


@pytest.fixture
def yunchuan(settings, db):
    settings.GONGKAI_DEMO = ROOT / "demo"
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    demo.load(settings.GONGKAI_DEMO)
    call_command("check")


def english(page):
    text = page.evaluate("document.body.innerText")
    labels = page.eval_on_selector_all(
        "[aria-label], [title], [placeholder]",
        "all => all.map(e => [e.ariaLabel, e.title, e.placeholder].filter(Boolean).join(' / '))",
    )
    return [found for found in LATIN.findall("\n".join([text, *labels])) if not KNOWN.search(found)]


def test_what_the_public_and_those_who_sign_in_see(yunchuan, screen, visit, clean):
    for address in ("/", "/hant/", "/account/login/", "/account/signup/"):
        page = visit(address)
        clean(page)
        assert english(page) == []


def test_what_an_administrator_sees(yunchuan, screen, visit, enter, clean):
    user = User.objects.get(username="admin")
    page = enter(user, DEMO_PASSWORD)
    bureau = Organisation.objects.get(short="市文广旅局")
    job = Job.objects.create(
        kind="x", title="读取报告", owner=user, state="failed", error="文件是空的。"
    )
    record = Record.objects.order_by("-number").first()
    person = User.objects.get(username="caizheng")
    for address in (
        "/desk/",
        "/desk/organisations/",
        "/desk/organisations/?q=旅游&closed=1",
        "/desk/organisations/?q=没有这个",
        f"/desk/organisations/{bureau.pk}/",
        *(
            f"/desk/organisations/{bureau.pk}/{verb}/"
            for verb in ("rename", "merge", "move", "close", "amend", "found", "engage")
        ),
        "/desk/organisations/roles/",
        "/desk/organisations/import/",
        "/desk/organisations/people/",
        f"/desk/organisations/people/{person.pk}/",
        f"/desk/organisations/people/{person.pk}/appoint/",
        "/desk/trail/",
        f"/desk/trail/{record.number}/",
        "/desk/jobs/",
        f"/desk/jobs/{job.pk}/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/sessions/",
    ):
        page = visit(address)
        clean(page)
        assert english(page) == [], address


def test_the_tree_opens_and_shuts_without_loading_the_page(yunchuan, enter, visit):
    enter(User.objects.get(username="gongkai"), DEMO_PASSWORD)
    page = visit("/desk/organisations/")
    town = page.get_by_role("link", name="石桥县财政局")
    assert town.count() == 0
    toggle = page.get_by_role("button", name="石桥县人民政府的下级")
    toggle.click()
    town.wait_for()
    toggle.click()
    assert not town.is_visible()


def test_a_name_is_proposed_while_it_is_typed(yunchuan, enter, visit):
    enter(User.objects.get(username="gongkai"), DEMO_PASSWORD)
    bureau = Organisation.objects.get(short="市教育局")
    page = visit(f"/desk/organisations/{bureau.pk}/merge/")
    page.get_by_label("并入").press_sequentially("住建")
    page.locator("datalist option[value='云川市住房和城乡建设局']").wait_for(state="attached")


def test_the_chain_is_verified_from_the_desk(yunchuan, enter, visit):
    enter(User.objects.get(username="admin"), DEMO_PASSWORD)
    page = visit("/desk/trail/")
    page.get_by_role("button", name="核验整条链").click()
    page.get_by_text("整条链完好").wait_for()


def test_large_type_is_kept_from_page_to_page(yunchuan, visit):
    page = visit("/")
    page.get_by_role("button", name="大字").click()
    page = visit("/hant/")
    assert page.evaluate("document.documentElement.dataset.size") == "large"
