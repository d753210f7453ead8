"""A browser for tests: Debian's Chromium, one page a test, every request watched.

``visit(address)`` opens a page, ``enter(user)`` signs in, ``new_page(user, phone=…)`` makes a further page. After each test the page must have asked no
other host for anything and have said nothing in the console; ``clean(page)`` asks axe and whether
the page is wider than the screen. Without Chromium the tests are skipped, in CI they fail.
"""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect, sync_playwright
from tests.factories.organisations import PASSWORD

# Playwright keeps an event loop in this thread; Django would take it for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WHY = "没有 Chromium；apt-get install chromium fonts-noto-cjk 之后再运行浏览器测试"
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().iterations !== Infinity)
    .map(each => each.finished.catch(() => null)))"""
"""What fades in has no contrast before it is there."""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 90_000
"""Milliseconds; what comes is not waited for, and a busy machine is no fault."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.nodeid or item.nodeid.startswith("tests/browser"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(autouse=True)
def index_of_its_own(settings, tmp_path):
    """Nothing is found or proposed that another test had made public."""
    settings.GONGKAI_SEARCH_INDEX = tmp_path / "search"


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail(WHY)
        pytest.skip(WHY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def screen(request):
    """Ask for it to run a test at both widths."""
    return request.param


@pytest.fixture
def new_page(browser, live_server):
    """``new_page(user, phone=True)``: a page of its own, signed in; ``user=None`` for the public."""
    cache.clear()  # counters of failed sign-ins
    contexts, pages = [], []

    def new_page(user=None, *, phone=False, viewport=None, agent=None):
        size = viewport or (PHONE if phone else DESKTOP)
        context = browser.new_context(
            viewport=size, locale="zh-CN", base_url=live_server.url, user_agent=agent
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.hosts, page.complaints = set(), []
        page.on("request", lambda r: page.hosts.add(urlsplit(r.url).netloc))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        if user is not None:
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        pages.append(page)
        return page

    yield new_page
    for context in contexts:
        context.close()
    own = {"", urlsplit(live_server.url).netloc}
    assert set().union(*(page.hosts for page in pages)) - own == set(), "a page asked another host"
    assert [complaint for page in pages for complaint in page.complaints] == []


@pytest.fixture
def page(request, new_page):
    size = request.getfixturevalue("screen") if "screen" in request.fixturenames else DESKTOP
    return new_page(viewport=size)


@pytest.fixture
def visit(page):
    def visit(address):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    return visit


@pytest.fixture
def enter(page):
    def enter(user, password=PASSWORD):
        page.goto("/account/login/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url("**/desk/**")
        return page

    return enter


@pytest.fixture
def clean():
    axe = Axe()

    def clean(page):
        page.wait_for_load_state()  # a press waits until the next page begins, not until it is there
        page.evaluate(SETTLED)
        violations = axe.run(page).response["violations"]
        found = [(v["id"], [node["target"] for node in v["nodes"]]) for v in violations]
        assert found == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
            f"{page.url} is wider than the screen"
        )

    return clean
