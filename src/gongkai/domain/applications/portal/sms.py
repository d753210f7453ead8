"""Short messages through the office's own gateway: one HTTP call, described in docs/reference/settings.md."""

import json
import logging

import urllib3
from django.conf import settings

from gongkai.core.refusal import Refusal

SECONDS = 10
logger = logging.getLogger(__name__)


class NotSent(Refusal):
    """短信网关没有接受短信（{why}）。请检查 GONGKAI_SMS_URL 和网关的日志，然后重新开始这个任务。"""


def is_set_up() -> bool:
    """Tell whether there is a gateway."""
    return bool(settings.GONGKAI_SMS_URL)


def send(to: str, text: str) -> None:
    """Have the gateway send *text* to the telephone *to*; without a gateway, nothing happens.

    Raises:
        NotSent: It did not answer, or refused; neither number nor text is in the sentence.
    """
    if not is_set_up():
        return
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if settings.GONGKAI_SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.GONGKAI_SMS_TOKEN}"
    body = json.dumps({"to": to, "text": text}, ensure_ascii=False).encode()
    with urllib3.PoolManager(retries=False, timeout=SECONDS) as pool:
        try:
            answer = pool.request(
                "POST", settings.GONGKAI_SMS_URL, body=body, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise NotSent(why=type(error).__name__) from None
    if not 200 <= answer.status < 300:
        raise NotSent(why=f"HTTP {answer.status}")
