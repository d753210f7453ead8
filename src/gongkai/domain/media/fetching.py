"""Fetching pages of registered sites, and of nothing else."""

import ipaddress
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from django.conf import settings

from gongkai.domain.media import errors
from gongkai.domain.media.models.site import host_of

AGENT = "gongkai-inspection"
MOST_BYTES = 5 * 2**20
MOST_HOPS = 5
PAUSE = 1.0
"""Seconds between two requests to a host."""
LONGEST_PAUSE = 10.0
CONNECT = 10.0
BLOCK = 65_536
SECONDS = 20.0
"""For one request; the criterion of reachability has a time of its own."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for a page.

    Attributes:
        address: Where it was found in the end.
        seconds: How long it took.
    """

    address: str
    status: int
    content: bytes
    media_type: str
    seconds: float

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page of HTML that was found."""
        return self.status == 200 and ("html" in self.media_type or not self.media_type)


@dataclass
class _Robots:
    rules: RobotFileParser | None
    pause: float


@dataclass
class Fetcher:
    """Asks registered hosts for pages: slowly, within limits, never elsewhere.

    Attributes:
        hosts: The hosts, with port where it is not the usual one; nothing else is ever asked.
        pause: Seconds between two requests to a host; a site's ``Crawl-delay`` makes it longer.
        seconds: Time for one request with all its redirects.
        polite: Whether ``robots.txt`` decides; a single look at the home page goes without.
    """

    hosts: Collection[str]
    pause: float = PAUSE
    seconds: float = SECONDS
    most: int = MOST_BYTES
    polite: bool = True
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, _Robots] = field(default_factory=dict)

    def get(self, address: str, *, head: bool = False) -> Fetched:
        """Return the page at *address*.

        Args:
            address: A page on one of the hosts.
            head: Ask only whether it is there; the content is left out.

        Raises:
            NotYours: It, or where it leads, is on another host.
            PrivateAddress: The host stands in a private network.
            Forbidden: The site does not want it fetched.
            Unreachable: It could not be had within the limits.
        """
        self._must_be_ours(address)
        if self.polite:
            self._must_be_allowed(address)
        return self._follow(address, head=head)

    def _follow(self, address: str, *, head: bool) -> Fetched:
        began = time.monotonic()
        for _ in range(MOST_HOPS + 1):
            self._wait(host_of(address))
            response = self._ask(address, head=head, left=self.seconds - (time.monotonic() - began))
            try:
                target = response.headers.get("Location", "")
                if response.status not in {301, 302, 303, 307, 308} or not target:
                    content = b"" if head else self._read(response, began)
                    taken = time.monotonic() - began
                    media_type = (
                        response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                    )
                    return Fetched(address, response.status, content, media_type, taken)
            finally:
                response.release_conn()
                response.close()
            address = urljoin(address, target)
            self._must_be_ours(address)
        raise errors.Unreachable(why="网页来回跳转")

    def _ask(self, address: str, *, head: bool, left: float) -> urllib3.BaseHTTPResponse:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # the address is looked up once and connected to as it was found: a second look-up could give another
        ip = self._resolve(host, port)
        timeout = urllib3.Timeout(connect=min(CONNECT, max(left, 0.1)), read=max(left, 0.1))
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                ip, port, server_hostname=host, assert_hostname=host, timeout=timeout, retries=False
            )
        else:
            pool = urllib3.HTTPConnectionPool(ip, port, timeout=timeout, retries=False)
        headers = {
            "Host": parts.netloc,
            "User-Agent": AGENT,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            return pool.urlopen(
                "HEAD" if head else "GET",
                target,
                headers=headers,
                redirect=False,
                preload_content=False,
                assert_same_host=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise errors.Unreachable(why=_reason(error)) from error
        except (UnicodeError, ValueError, OSError) as error:
            raise errors.Unreachable(why="地址有误") from error

    def _resolve(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise errors.Unreachable(why="域名解析不到") from error
        addresses = [str(one[4][0]) for one in found]
        if not settings.GONGKAI_FETCH_PRIVATE:
            for address in addresses:
                if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                    raise errors.PrivateAddress(host=host)
        return addresses[0]

    def _read(self, response: urllib3.BaseHTTPResponse, began: float) -> bytes:
        content = bytearray()
        try:
            for block in response.stream(BLOCK, decode_content=True):
                content += block
                if len(content) > self.most:
                    raise errors.Unreachable(why=f"网页超过 {self.most >> 20} MB")
                if time.monotonic() - began > self.seconds:
                    raise errors.Unreachable(why=f"超过 {self.seconds:g} 秒没有传完")
        except urllib3.exceptions.HTTPError as error:
            raise errors.Unreachable(why=_reason(error)) from error
        return bytes(content)

    def _must_be_ours(self, address: str) -> None:
        host = host_of(address)
        if not host or host not in self.hosts:
            raise errors.NotYours(host=host or address[:60])

    def _must_be_allowed(self, address: str) -> None:
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._read_robots(root)
        rules = self._robots[root].rules
        if rules is not None and not rules.can_fetch(AGENT, address):
            raise errors.Forbidden

    def _read_robots(self, root: str) -> _Robots:
        rules = RobotFileParser()
        try:
            found = self._follow(f"{root}/robots.txt", head=False)
        except (errors.Unreachable, errors.NotYours):
            return _Robots(None, self.pause)
        if found.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        elif found.status == 200:
            rules.parse(found.content[:500_000].decode("utf-8", "replace").splitlines())
        else:
            return _Robots(None, self.pause)
        delay = float(rules.crawl_delay(AGENT) or 0)
        return _Robots(rules, max(self.pause, min(delay, LONGEST_PAUSE)))

    def _wait(self, host: str) -> None:
        pauses = [robots.pause for root, robots in self._robots.items() if host_of(root) == host]
        left = self._last.get(host, -1e9) + max([self.pause, *pauses]) - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[host] = time.monotonic()


def has_ipv6(host: str) -> bool | None:
    """Tell whether *host* has an IPv6 address; ``None`` where nobody could tell."""
    try:
        return bool(socket.getaddrinfo(host.partition(":")[0], None, socket.AF_INET6))
    except socket.gaierror as error:
        # no such address is an answer, a name server that is away is none
        return (
            False
            if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_ADDRFAMILY", -9)}
            else None
        )
    except UnicodeError:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "连接不上"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "在规定时间内没有打开"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "网站证书有误"
    return "连接不上"
