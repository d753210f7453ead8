"""The register of sites and accounts, and a checker that goes to registered sites only."""

import gzip
import sys
import threading
import time
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qs, unquote, urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.domain.information.test_importing import EXPORT
from tests.factories import PostFactory, city, reader

from gongkai.domain.information.importing import actions as importing
from gongkai.domain.information.importing import website
from gongkai.domain.information.importing.errors import SiteNotOurs
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.pictures import fetch_pictures, folder_of
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import pictures_in
from gongkai.domain.media import actions, errors
from gongkai.domain.media.fetching import Fetcher
from gongkai.domain.media.figures import accounts as accounts_figure
from gongkai.domain.media.figures import closed as closed_figure
from gongkai.domain.media.figures import opened as opened_figure
from gongkai.domain.media.jobs import probe_sites
from gongkai.domain.media.models import Account, Inspection, Probe, Site
from gongkai.domain.media.models.site import host_of
from gongkai.domain.media.surveying import probe, reachability
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MENU = """<div><a href="/">首页</a><a href="/news/">水利要闻</a><a href="/notices/">通知公告</a><a href="/plans/">规划计划</a>
<a href="/staff/">人事信息</a><a href="/secret/">内部公开</a><a href="https://elsewhere.example/">省水利厅</a></div>
<form action="/search"><input name="q" placeholder="站内搜索"></form>"""


class Town:
    """A real web server with the pages of a bureau."""

    def __init__(self, today):
        recent = today - timedelta(days=2)
        self.asked = []
        self.pages = {
            "/": f"<title>云川水利</title>{MENU}<ul><li><a href='/a'>全市防汛会议召开</a>{recent}</li></ul><a href='/gone'>旧文件下载</a><a href='/a'>咨询投诉信箱</a>",
            "/news/": f"{MENU}<ul><li><a href='/a'>全市防汛会议召开</a>{recent}</li></ul>",
            "/notices/": f"{MENU}<ul><li><a href='/b'>关于节约用水的通知</a>{today - timedelta(days=300)}</li></ul>",
            "/plans/": f"{MENU}<p>暂无内容</p>",
            "/a": f"{MENU}<p>会议强调，要落实责任。</p>",
            "/b": f"{MENU}<p>通知正文。</p>",
            "/robots.txt": "User-agent: *\nDisallow: /secret/\n",
            "/big": "x" * 6_000_000,
        }

    def __enter__(self):  # noqa: C901  # a line a route
        town = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path).path
                town.asked.append((self.command, unquote(self.path), self.headers["User-Agent"]))
                if path == "/away":
                    return self.reply(302, b"", Location="http://169.254.169.254/latest/meta-data/")
                if path == "/round":
                    return self.reply(302, b"", Location="/round")
                if path == "/slow":
                    time.sleep(1.2)
                if path == "/staff/":
                    return self.reply(500, b"")
                if path == "/search":
                    word = parse_qs(urlsplit(self.path).query)["q"][0]
                    return self.reply(200, f"<a href='/a'>{word}召开</a>".encode())
                if path == "/bomb":
                    return self.reply(
                        200, gzip.compress(b"\0" * 50_000_000), **{"Content-Encoding": "gzip"}
                    )
                page = town.pages.get(path)
                page = page if isinstance(page, bytes | None) else page.encode()
                return self.reply(200 if page is not None else 404, page or b"")

            do_HEAD = do_GET  # noqa: N815  # the server's name for it

            def reply(self, status, body, **headers):
                self.send_response(status)
                headers = {
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Length": str(len(body)),
                    **headers,
                }
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.address = f"http://{self.host}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def town():
    with Town(clock.today()) as town:
        yield town


@pytest.fixture
def open_network(settings):
    settings.GONGKAI_FETCH_PRIVATE = True


def quick(*hosts, **how):
    return Fetcher(frozenset(hosts), pause=0, **how)


class TestFetching:
    def test_only_registered_hosts_are_asked(self, town, open_network):
        with pytest.raises(errors.NotYours):
            quick("www.yunchuan.example").get(town.address)
        for hostile in (
            "file:///etc/passwd",
            "http://user:pw@127.0.0.1/",
            "gopher://x/",
            "//x",
            "http://[::1",
            "",
        ):
            with pytest.raises(errors.NotYours):
                quick(town.host).get(hostile)
        with pytest.raises(errors.NotYours, match=r"169\.254"):
            quick(town.host).get(f"{town.address}away")
        assert {path for _, path, _ in town.asked} == {"/robots.txt", "/away"}

    def test_a_name_that_points_into_the_own_network_is_refused(self, town):
        with pytest.raises(errors.PrivateAddress):
            quick(town.host).get(town.address)
        with pytest.raises(errors.PrivateAddress):
            quick("localhost").get("http://localhost/")
        assert town.asked == []

    def test_limits_of_size_time_and_hops_hold(self, town, open_network):
        began = time.monotonic()
        for path, how, words in (
            ("big", {}, "超过 5 MB"),
            ("bomb", {}, "超过 5 MB"),
            ("slow", {"seconds": 0.4}, "没有打开"),
            ("round", {}, "来回跳转"),
        ):
            with pytest.raises(errors.Unreachable, match=words):
                quick(town.host, polite=False, **how).get(f"{town.address}{path}")
        assert time.monotonic() - began < 5

    def test_robots_and_the_pause_between_requests_are_honoured(self, town, open_network):
        waits = []
        fetcher = Fetcher(frozenset({town.host}), pause=0.5, sleep=waits.append)
        with pytest.raises(errors.Forbidden):
            fetcher.get(f"{town.address}secret/plan")
        fetcher.get(town.address)
        town.pages["/robots.txt"] += "Crawl-delay: 3\n"
        slow = Fetcher(frozenset({town.host}), pause=0.5, sleep=waits.append)
        slow.get(town.address)
        assert 0.3 < waits[0] <= 0.5
        assert 2.5 < waits[-1] <= 3
        assert {agent for _, _, agent in town.asked} == {"gongkai-inspection"}

    @pytest.mark.parametrize(
        ("address", "host"),
        [
            ("https://WWW.Yunchuan.gov.cn/a", "www.yunchuan.gov.cn"),
            ("http://云川.example:80/", "xn--1ms66g.example"),
            ("http://x.example:8080/", "x.example:8080"),
            ("ftp://x.example/", ""),
            ("http://a@b/", ""),
        ],
    )
    def test_the_host_of_an_address(self, address, host):
        assert host_of(address) == host or host.startswith("xn--")


@pytest.mark.django_db
class TestRegister:
    def test_every_turn_in_the_life_of_an_account_is_a_recorded_act(self):
        place = city()
        office = reader("office", place.top)
        old = actions.open_account(
            place.finance,
            platform="wechat",
            name="云川财政",
            opened=date(2019, 3, 1),
            ground="云财办〔2019〕3号",
            by=office,
        )
        new = actions.open_account(
            place.finance,
            platform="wechat",
            name="云川财政发布",
            opened=date(2021, 5, 1),
            by=office,
        )
        actions.rename(new, name="云川市财政局", day=date(2022, 1, 1), ground="统一名称", by=office)
        with pytest.raises(errors.IntoItself):
            actions.merge(old, into=old, day=date(2023, 6, 1), by=office)
        with pytest.raises(errors.BeforeOpening):
            actions.close(old, day=date(2018, 1, 1), by=office)
        actions.merge(old, into=new, day=date(2023, 6, 1), ground="集约整合", by=office)
        with pytest.raises(errors.AlreadyClosed, match="2023年6月1日"):
            actions.rename(old, name="x", day=date(2024, 1, 1), by=office)
        actions.move(new, to=place.housing, day=date(2024, 1, 1), by=office)
        told = [(a.get_kind_display(), a.before, a.after) for a in new.alterations.all()]
        assert told == [
            ("开设", "", "云川财政发布"),
            ("更名", "云川财政发布", "云川市财政局"),
            ("变更主办单位", "云川市财政局", "云川市住房和城乡建设局"),
        ]
        assert old.successor == new
        assert Record.objects.filter(event__startswith="media.").count() == 5

        units = [place.finance.pk, place.housing.pk, place.county.pk]
        values = {
            figure: {u: int(a.value) for u, a in figure(units, period).items()}
            for figure, period in ((opened_figure, Period(2021)), (closed_figure, Period(2023)))
        }
        assert values[opened_figure][place.finance.pk] == 1
        assert values[closed_figure] == {place.finance.pk: 1, place.housing.pk: 0}
        found = accounts_figure(units, Period(2025))
        assert {unit: int(answer.value) for unit, answer in found.items()} == {
            place.finance.pk: 0,
            place.housing.pk: 1,
        }
        assert [str(record.title) for record in found[place.housing.pk].records()] == [
            "云川市财政局"
        ]

    def test_a_clerk_keeps_the_register_of_the_own_unit_only(self):
        place = city()
        clerk = reader("clerk", place.finance)
        site = actions.open_site(
            place.finance, name="市财政局网站", address="https://czj.yunchuan.gov.cn/", by=clerk
        )
        with pytest.raises(NotAllowed):
            actions.open_site(
                place.housing, name="x", address="https://zjj.yunchuan.gov.cn/", by=clerk
            )
        with pytest.raises(errors.AddressTaken, match="市财政局"):
            actions.open_site(
                place.housing,
                name="x",
                address="http://CZJ.yunchuan.gov.cn/index.html",
                by=reader("office", place.top),
            )
        with pytest.raises(errors.BadAddress):
            actions.open_site(place.finance, name="x", address="javascript:alert(1)", by=clerk)
        with pytest.raises(errors.NotYours):
            actions.set_columns(site, [("通知", "https://elsewhere.example/", "notice")], by=clerk)


@pytest.mark.django_db
class TestInspection:
    def test_a_site_is_gone_through_and_its_sheet_says_what_to_mend(self, town, open_network):
        place = city()
        clerk = reader("clerk", place.finance)
        site = actions.open_site(place.finance, name="水利网", address=town.address, by=clerk)
        inspection = actions.inspect_site(site, by=clerk, fetcher=quick(town.host))
        sheet = {row["key"]: row for row in inspection.sheet}
        states = {key: row["state"] for key, row in sheet.items()}
        assert states["home"] == "passed"
        assert states["columns"] == "passed"
        assert states["links"] == "failed"
        assert any("/gone" in address for _, address, _ in sheet["links"]["evidence"])
        assert states["search"] == "passed"
        assert "全市防汛会议" in sheet["search"]["measured"]
        assert states["consultation"] == states["safety"] == "open"
        assert states["error_report" if "error_report" in states else "error-report"] == "failed"
        seen = {column["name"]: column for column in inspection.columns}
        assert seen["规划计划"]["blank"]
        assert seen["通知公告"]["newest"] == (clock.today() - timedelta(days=300)).isoformat()
        assert "500" in seen["人事信息"]["problem"]
        assert "robots" in seen["内部公开"]["problem"]
        assert not any(path.startswith("/secret") for _, path, _ in town.asked)
        assert inspection.conclusion == Inspection.Conclusion.OPEN
        assert "失效链接" in Notice.objects.get(to=clerk.user).text

        actions.judge(inspection, key="safety", failed=False, by=clerk)
        with pytest.raises(errors.NoReason):
            actions.judge(inspection, key="messages", failed=True, by=clerk)
        with pytest.raises(errors.StillOpen):
            actions.conclude(inspection, by=clerk)
        actions.judge(
            inspection, key="messages", failed=True, note="2 条咨询四个月没有回复", by=clerk
        )
        assert inspection.conclusion == Inspection.Conclusion.FAILED
        actions.conclude(inspection, by=clerk)
        with pytest.raises(errors.Concluded):
            actions.judge(inspection, key="safety", failed=True, note="x", by=clerk)

    def test_registered_columns_are_held_to_their_periods(self, town, open_network):
        place = city()
        clerk = reader("clerk", place.finance)
        site = actions.open_site(place.finance, name="水利网", address=town.address, by=clerk)
        late = town.pages["/notices/"]
        names = [f"/n{n}/" for n in range(5)]
        town.pages.update(dict.fromkeys(names, late))
        actions.set_columns(
            site, [(f"公告{n}", f"{town.address}n{n}/", "notice") for n in range(5)], by=clerk
        )
        inspection = actions.inspect_site(site, by=clerk, fetcher=quick(town.host))
        row = next(row for row in inspection.sheet if row["key"] == "columns")
        assert (row["state"], len(row["evidence"])) == ("failed", 5)
        assert inspection.conclusion == Inspection.Conclusion.FAILED

    def test_reaching_a_site_is_tried_and_counted(self, town, open_network):
        place = city()
        site = actions.open_site(place.finance, name="水利网", address=town.address, by=None)
        start(probe_sites)
        assert probe(site, quick(town.host, polite=False)).reached
        gone = Site(pk=site.pk, address="http://127.0.0.1:9/", host="127.0.0.1:9")
        failed = probe(gone, quick("127.0.0.1:9", polite=False, seconds=1))
        assert (failed.reached, failed.problem) == (False, "连接不上。")
        assert reachability(site) == (None, 2)
        Probe.objects.bulk_create(
            Probe(site=site, reached=n % 14 > 0, milliseconds=9) for n in range(138)
        )
        share, count = reachability(site)
        assert (count, round(share, 1)) == (140, 7.9)


@pytest.mark.django_db
class TestScreens:
    def test_the_office_registers_inspects_judges_and_prints(
        self, client, town, open_network, django_capture_on_commit_callbacks, monkeypatch
    ):
        place = city()
        user = PostFactory(role="office", organisation=place.top).user
        client.force_login(user, backend=BACKEND)
        module = sys.modules["gongkai.domain.media.actions.inspect"]
        monkeypatch.setattr(module, "Fetcher", lambda hosts: quick(*hosts))
        assert "还没有登记网站" in client.get("/desk/media/").content.decode()
        facts = {
            "unit": "云川市财政局",
            "name": "<i>财政网",
            "address": town.address,
            "offers_services": "on",
        }
        wrong = client.post("/desk/media/sites/open/", facts | {"address": "财政网"})
        assert wrong.status_code == 422
        made = client.post("/desk/media/sites/open/", facts)
        site = Site.objects.get()
        assert made.url == site.get_absolute_url()
        with django_capture_on_commit_callbacks(execute=True):
            asked = client.post(f"{site.get_absolute_url()}inspect/")
        assert asked.url.startswith("/desk/jobs/")
        inspection = Inspection.objects.get()
        page = client.get(inspection.get_absolute_url()).content.decode()
        assert "失效链接" in page
        assert "&lt;i&gt;财政网" in page
        assert "<i>财政网" not in page
        client.post(
            f"{inspection.get_absolute_url()}judge/",
            {"check": "safety", "state": "failed", "note": "有严重表述错误"},
        )
        client.post(f"{inspection.get_absolute_url()}conclude/")
        inspection.refresh_from_db()
        assert inspection.concluded
        book = openpyxl.load_workbook(
            BytesIO(client.get(f"{inspection.get_absolute_url()}sheet.xlsx").content)
        )
        assert [page.title for page in book] == ["检查结果单", "问题明细", "栏目"]
        assert "不合格" in book.worksheets[0]["A2"].value
        columns = client.get(f"/desk/media/sites/{site.pk}/columns/").content.decode()
        assert f"通知公告 {town.address}notices/ 通知" in columns
        client.post(
            f"/desk/media/sites/{site.pk}/columns/", {"columns": f"要闻 {town.address}news/ 动态"}
        )
        assert [c.freshness for c in site.columns.all()] == ["dynamic"]
        client.post(
            "/desk/media/accounts/open/",
            {"unit": "市财政局", "platform": "weibo", "name": "云川财政"},
        )
        second = client.post(
            "/desk/media/accounts/open/",
            {"unit": "市财政局", "platform": "weibo", "name": "财政微博"},
            follow=True,
        )
        assert "同一平台只开设一个" in second.content.decode()
        account = Account.objects.latest("pk")
        sheet = client.post(f"{account.get_absolute_url()}inspect/", follow=True).content.decode()
        assert "同一平台 2 个账号" in sheet
        for path in ("?show=accounts&platform=weibo", "?state=all&q=财政", "register.xlsx"):
            assert client.get(f"/desk/media/{path}").status_code == 200
        closed = client.post(
            f"/desk/media/accounts/{account.pk}/close/",
            {"day": clock.today(), "ground": "无力维护"},
        )
        assert closed.status_code == 302

    def test_others_do_not_see_it(self, client):
        place = city()
        site = actions.open_site(
            place.housing, name="住建网", address="https://zjj.yunchuan.gov.cn/", by=None
        )
        client.force_login(
            PostFactory(role="clerk", organisation=place.finance).user, backend=BACKEND
        )
        assert client.get(site.get_absolute_url()).status_code == 404
        assert client.post(f"{site.get_absolute_url()}inspect/").status_code == 404
        assert "住建网" not in client.get("/desk/media/").content.decode()


ARTICLE = """<html><head><meta name="ArticleTitle" content="关于防汛的通知"><meta name="PubDate" content="2024-05-06 08:30">
<meta name="ColumnName" content="通知公告"><meta name="ContentSource" content="市防汛办"></head><body><nav>首页 通知</nav>
<h1>站名</h1><div class="TRS_Editor"><p onclick="x()">云水发〔2024〕7号</p><p>各单位要做好防汛准备，落实各项责任，确保安全。</p><script>x()</script></div></body></html>"""
PLAIN = """<html><head><title>水库开放日公告 - 云川水利网</title></head><body><div><a href="/">首页</a></div>
<div>发布时间：2023年7月8日　来源：云川水库</div><div><p>水库将于七月十五日向公众开放，欢迎前来参观，请提前预约登记。</p></div></body></html>"""


@pytest.mark.django_db
def test_the_own_old_site_is_read_page_by_page_from_its_site_map(town, open_network):
    place = city()
    office = reader("office", place.top)
    with pytest.raises(SiteNotOurs):
        importing.begin_from_site(place.finance, address=town.address, by=office)
    site = actions.open_site(place.finance, name="旧网站", address=town.address, by=office)
    with pytest.raises(SiteNotOurs):
        importing.begin_from_site(place.housing, address=town.address, by=office)
    listed = ["old/1.html", "old/2.html", "a", "gone", "secret/3.html"]
    town.pages |= {
        "/old/1.html": ARTICLE,
        "/old/2.html": PLAIN,
        "/secret/3.html": ARTICLE,
        "/sitemap.xml": "<sitemapindex><sitemap><loc>"
        + town.address
        + "map.xml</loc></sitemap></sitemapindex>",
        "/map.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        + "".join(f"<url><loc>{town.address}{path}</loc></url>" for path in listed)
        + "<url><loc>http://10.0.0.1/admin</loc></url></urlset>",
    }
    batch = importing.begin_from_site(place.finance, address=town.address, by=office)
    job = Job.objects.create(kind="importing.fetch", title="x")
    website.fetch(batch, Progress(job), fetcher=quick(*site.all_hosts))
    importing.check(batch)
    importing.confirm(batch, by=office)
    importing.run(batch)
    first = Item.objects.get(title="关于防汛的通知")
    assert (first.source, first.document_number, first.provenance.address) == (
        "市防汛办",
        "云水发〔2024〕7号",
        f"{town.address}old/1.html",
    )
    assert "确保安全" in first.body
    assert "script" not in first.body
    assert "onclick" not in first.body
    second = Item.objects.get(title="水库开放日公告")
    assert (second.source, second.organisation) == ("云川水库", place.finance)
    assert Item.objects.count() == 2
    assert not any("secret" in path or "admin" in path for _, path, _ in town.asked)


def drawn(color="navy"):
    made = BytesIO()
    Image.new("RGB", (40, 20), color).save(made, "PNG")
    return made.getvalue()


@pytest.mark.django_db
def test_pictures_of_the_own_old_site_come_with_its_texts_and_of_no_other(town, open_network):
    place = city()
    office = reader("office", place.top)
    site = actions.open_site(place.finance, name="旧网站", address=town.address, by=office)
    images = (
        '<p><img src="../images/供水.png" alt="供水范围"><img src="/secret/b.png" alt="不许取的">'
        '<img src="http://169.254.169.254/c.png"><img src="/old/page.png"><img src="/old/gone.png"></p>'
    )
    town.pages |= {
        "/old/1.html": ARTICLE.replace("<script>", f"{images}<script>"),
        "/images/%E4%BE%9B%E6%B0%B4.png": drawn(),
        "/secret/b.png": drawn(),
        "/old/page.png": "<html>没有这个文件</html>",
        "/sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{town.address}old/1.html</loc></url></urlset>',
    }
    batch = importing.begin_from_site(place.finance, address=town.address, by=office)
    progress = Progress(Job.objects.create(kind="importing.fetch", title="x"))
    website.fetch(batch, progress, fetcher=quick(*site.all_hosts))
    fetch_pictures(batch, progress, fetcher=quick(*site.all_hosts))
    assert not folder_of(batch).exists()
    asked = len(town.asked)
    fetch_pictures(batch, progress, fetcher=quick(*site.all_hosts))
    assert len(town.asked) == asked, "what is there is not asked for again"
    importing.check(batch)
    assert "4 张图片没有带来" in "".join(batch.lines.get().hints)
    importing.confirm(batch, by=office)
    importing.run(batch)
    item = Item.objects.get()
    (picture,) = pictures_in(item.body)
    assert picture.alt == "供水范围"
    assert item.files.get().title == picture.name
    assert not any("secret" in path for _, path, _ in town.asked)


@pytest.mark.django_db
def test_pictures_of_an_export_are_fetched_from_the_registered_site_and_go_on_where_they_were(
    town, open_network
):
    place = city()
    office = reader("office", place.top)
    body = "".join(f'<img src="{town.address}up/{name}.png" alt="图{name}">' for name in "ab")
    export = EXPORT.replace("<p>请做好准备。</p>", f"<p>请做好准备。{body}</p>")
    town.pages |= {f"/up/{name}.png": drawn(color) for name, color in (("a", "red"), ("b", "blue"))}

    def brought():
        file = SimpleUploadedFile("wordpress.xml", export.encode())
        return importing.begin(place.finance, file=file, by=office)

    progress = Progress(Job.objects.create(kind="importing.check", title="x"))
    unknown = brought()
    fetch_pictures(unknown, progress)
    assert (unknown.archive, town.asked) == ("", []), "nobody has registered that site"
    site = actions.open_site(place.finance, name="旧网站", address=town.address, by=office)
    batch = brought()

    class Torn(Fetcher):
        def get(self, address, **how):
            if address.endswith("b.png"):
                raise KeyboardInterrupt
            return super().get(address, **how)

    with pytest.raises(KeyboardInterrupt):
        fetch_pictures(batch, progress, fetcher=Torn(frozenset(site.all_hosts), pause=0))
    fetch_pictures(batch, progress, fetcher=quick(*site.all_hosts))
    assert [path for _, path, _ in town.asked if "up/" in path] == ["/up/a.png", "/up/b.png"]
    importing.settle(batch, mapping={}, mode=Batch.Mode.DRAFTS, column=None, by=office)
    importing.check(batch)
    importing.confirm(batch, by=office)
    importing.run(Batch.objects.get(pk=batch.pk))
    assert [picture.alt for picture in pictures_in(Item.objects.get().body)] == ["图a", "图b"]
