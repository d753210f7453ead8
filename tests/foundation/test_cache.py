"""What is counted against abuse stays counted, however much somebody asks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.test import override_settings

from gongkai.foundation.challenge.limits import Limit
from gongkai.site.settings.parts.database import CACHES


@pytest.fixture
def cache(tmp_path):
    """The cache of an office, elsewhere."""
    with override_settings(CACHES={"default": CACHES["default"] | {"LOCATION": str(tmp_path)}}):
        yield caches["default"]
        caches["default"].close()


def test_whoever_asks_much_cannot_drive_out_what_is_counted(cache):
    sign_ins = Limit("sign-in", 3600)
    assert [sign_ins.count("1.2.3.4") for _ in range(3)] == [1, 2, 3]
    for asked in range(700):  # Django's own cache of files drops a third at random from 300 on
        cache.set(f"search:{asked}", 1)
    assert sign_ins.counted("1.2.3.4") == 3


def test_of_many_who_use_the_same_answer_at_once_one_is_let_through(cache):
    with ThreadPoolExecutor(8) as people:
        let = list(people.map(lambda _: cache.add("challenge.used:1", 1, 60), range(64)))
    assert let.count(True) == 1
