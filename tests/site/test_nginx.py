"""The nginx of Debian delivers the files as deploy/nginx.conf says, and sends the rest to the platform."""

import gzip
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError

import pytest
from django.test import Client
from tests.conftest import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="没有 nginx；apt-get install nginx-light")


class Platform(BaseHTTPRequestHandler):
    """Stands for the platform: says that it was asked."""

    def answer(self):
        self.send_response(410 if "withdrawn" in self.path else 200)
        body = f"platform {self.command} {self.path}".encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer  # noqa: N815  # the server asks for these names

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """``ask(address, data=…, headers…)`` returns status, headers, body."""
    top = tmp_path_factory.mktemp("nginx")
    public = top / "public"
    pages = {
        "index.html": "首页",
        "items/1/1204.html": "通知",
        "hant/items/1/1204.html": "left from before",
        "items/1/1204/files/名册.docx": "docx",
        "items/1/1204/files/图.pdf": "pdf",
        "columns/7/list.csv": "标题",
        ".stamp": "secret",
    }
    for name, text in pages.items():
        place = public / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        if name.endswith("html"):
            place.with_name(f"{place.name}.gz").write_bytes(gzip.compress(text.encode()))
    platform = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=platform.serve_forever, daemon=True).start()
    port = free_port()
    ours = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{platform.server_port}")
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{port};")
    ours = ours.replace("/srv/gongkai/public", str(public))
    conf = top / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {top}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf.write_text(
        f"{user}daemon off; pid {top}/pid; error_log {top}/error.log; events {{}}"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{ours}}}",
        encoding="utf-8",
    )
    server = subprocess.Popen([NGINX, "-p", str(top), "-c", str(conf), "-e", f"{top}/error.log"])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (top / "error.log").read_text()
            time.sleep(0.05)

        def ask(address, data=None, **headers):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{address}", data=data, headers=headers
            )
            try:
                with urllib.request.urlopen(request) as answer:
                    return answer.status, answer.headers, answer.read()
            except HTTPError as error:
                with error:
                    return error.code, error.headers, error.read()

        yield ask
    finally:
        server.terminate()
        server.wait()
        platform.shutdown()
        platform.server_close()


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/", "首页"),
        ("/items/1/1204/", "通知"),
        ("/hant/items/1/1204/", "platform GET /hant/items/1/1204/"),
        ("/columns/7/list.csv", "标题"),
        ("/items/1/1204/?q=1", "platform GET /items/1/1204/?q=1"),
        ("/items/1/1204", "通知"),  # by way of the address with its slash
        ("/items/9/9999/", "platform GET /items/9/9999/"),
        ("/search/", "platform GET /search/"),
        ("/visits/items/1/1204/", "platform GET /visits/items/1/1204/"),
    ],
)
def test_a_page_comes_from_its_file_and_the_rest_from_the_platform(ask, address, text):
    assert ask(address)[2].decode() == text


def test_what_is_sent_goes_to_the_platform_even_where_there_is_a_file(ask):
    assert ask("/items/1/1204/", data=b"x")[2].decode() == "platform POST /items/1/1204/"


def test_a_withdrawn_page_is_gone(ask):
    assert ask("/items/1/withdrawn/")[0] == 410


def test_what_begins_with_a_dot_is_not_for_the_public(ask):
    assert ask("/.stamp")[0] == 404


def test_pages_go_out_compressed_and_only_when_changed(ask):
    _, headers, body = ask("/", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(body).decode() == "首页"
    assert headers["Vary"] == "Accept-Encoding"
    _, headers, _ = ask("/")
    assert ask("/", **{"If-None-Match": headers["ETag"]})[0] == 304


def test_attachments_are_saved_and_what_browsers_show_is_shown(ask):
    saved = ask("/items/1/1204/files/%E5%90%8D%E5%86%8C.docx")[1]
    assert saved["Content-Disposition"] == "attachment"
    assert ask("/items/1/1204/files/%E5%9B%BE.pdf")[1]["Content-Disposition"] is None
    assert ask("/columns/7/list.csv")[1]["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.django_db
def test_pages_carry_the_same_headers_as_from_the_platform(ask):
    ours = Client().get("/health/")
    _, headers, _ = ask("/")
    for name in (
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
    ):
        assert headers[name] == ours[name]
    told = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert told == {part.strip() for part in ours["Content-Security-Policy"].split(";")}
