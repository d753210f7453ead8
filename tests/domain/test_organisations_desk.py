"""The screens: what each role can do on them, over HTTP."""

import pytest
from tests.factories import PostFactory, city
from tests.factories.organisations import PASSWORD

from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return city()


@pytest.fixture
def enter(client):
    def enter(role, organisation):
        user = PostFactory(role=role, organisation=organisation).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]


def page(*parts):
    return f"/desk/organisations/{'/'.join(str(part) for part in parts)}/"


def test_an_office_renames_a_bureau_and_reads_it_in_the_history(place, enter):
    client = enter("office", place.top)
    response = client.post(
        page(place.finance.pk, "rename"),
        {"name": "云川市财政和国资局", "day": "2024-03-01", "ground": "云办发〔2024〕1号"},
        follow=True,
    )
    text = response.content.decode()
    assert "由“云川市财政局”更名为“云川市财政和国资局”" in text
    assert "云办发〔2024〕1号" in text


def test_a_refusal_stands_above_the_form_and_nothing_typed_is_lost(place, enter):
    client = enter("office", place.top)
    response = client.post(
        page(place.finance.pk, "rename"),
        {"name": "云川市财政局", "day": "2024-03-01", "ground": "云办发〔2024〕1号"},
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert "新名称与现名称相同" in text
    assert "云办发〔2024〕1号" in text


def test_a_merger_takes_a_part_of_a_name_when_only_one_fits(place, enter):
    client = enter("office", place.top)
    data = {"into": "住房", "day": "2024-03-01", "ground": "云办发〔2024〕2号"}
    client.post(page(place.finance.pk, "merge"), data)
    assert Organisation.objects.get(pk=place.finance.pk).successor == place.housing


def test_an_ambiguous_name_lists_what_it_may_mean(place, enter):
    client = enter("office", place.top)
    data = {"into": "财政局", "day": "2024-03-01", "ground": "云办发〔2024〕2号"}
    text = client.post(page(place.housing.pk, "merge"), data).content.decode()
    assert "对应多个机构：云川市财政局、石桥县财政局" in text


def test_a_doubtful_code_is_saved_with_a_warning(place, enter):
    client = enter("office", place.top)
    data = {
        "short": "市财政局",
        "kind": "department",
        "level": "prefecture",
        "code": "114198007319010051",
    }
    text = client.post(page(place.finance.pk, "amend"), data, follow=True).content.decode()
    assert "校验位不对" in text
    assert Organisation.objects.get(pk=place.finance.pk).code == "114198007319010051"


def test_a_clerk_keeps_the_guide_of_the_own_unit_only(place, enter):
    client = enter("clerk", place.finance)
    data = {"telephone": "0399-5550001", "website": "https://yunchuan.example/"}
    client.post(page(place.finance.pk, "guide"), data)
    place.finance.guide.refresh_from_db()
    assert place.finance.guide.telephone == "0399-5550001"
    response = client.post(page(place.housing.pk, "guide"), data)
    place.housing.guide.refresh_from_db()
    assert place.housing.guide.telephone == ""
    assert "没有“维护公开指南要素”的权限" in response.content.decode()


def test_a_clerk_does_not_open_what_the_clerk_may_not_do(place, enter):
    client = enter("clerk", place.finance)
    assert client.get(page("people")).status_code in {302, 403}
    assert "更名" not in client.get(page(place.finance.pk)).content.decode()
    assert client.get("/desk/trail/").status_code in {302, 403}


def test_an_administrator_engages_somebody_who_then_signs_in(place, enter):
    client = enter("administrator", place.top)
    data = {
        "name": "钱多多",
        "username": "qiandd",
        "role": "clerk",
        "since": "2024-01-01",
        "password": PASSWORD,
    }
    text = client.post(page(place.finance.pk, "engage"), data, follow=True).content.decode()
    assert "账号已开通" in text
    client.logout()
    response = client.post(
        "/account/login/", {"login": "qiandd", "password": PASSWORD}, follow=True
    )
    assert "信息员" in response.content.decode()


def test_a_failed_engagement_leaves_no_account(place, enter):
    client = enter("administrator", place.top)
    data = {
        "name": "钱多多",
        "username": "qiandd",
        "role": "clerk",
        "since": "2024-01-01",
        "password": "123",
    }
    assert client.post(page(place.finance.pk, "engage"), data).status_code == 422
    assert not User.objects.filter(username="qiandd").exists()


def test_somebody_who_leaves_loses_the_desk(place, enter):
    post = PostFactory(role="clerk", organisation=place.finance)
    client = enter("administrator", place.top)
    client.post(page("people", post.user.pk, "relieve", post.pk), {"day": "2024-01-01"})
    assert not Post.objects.held_on().filter(pk=post.pk).exists()


def test_a_suspended_account_is_locked_out_and_comes_back(place, enter):
    person = PostFactory(role="clerk", organisation=place.finance).user
    client = enter("administrator", place.top)
    client.post(page("people", person.pk, "suspend"), {"reason": "借调"})
    person.refresh_from_db()
    assert not person.is_active
    client.post(page("people", person.pk, "restore"))
    person.refresh_from_db()
    assert person.is_active


def test_a_person_elsewhere_is_not_there(place, enter):
    person = PostFactory(role="clerk", organisation=place.housing).user
    client = enter("administrator", place.finance)
    assert client.get(page("people", person.pk)).status_code == 404


def test_the_tree_opens_a_county_when_asked(place, enter):
    client = enter("clerk", place.finance)
    rows = client.get(page(place.county.pk, "children")).content.decode()
    assert "石桥县财政局" in rows


def test_proposals_follow_what_is_typed(place, enter):
    client = enter("clerk", place.finance)
    text = client.get("/desk/organisations/suggest/?q=住建").content.decode()
    assert "云川市住房和城乡建设局" in text
