"""``gongkai serve``: what it tells the worker that it starts."""

import os
import subprocess

import granian
import pytest
from click.testing import CliRunner

from gongkai.console import serve


@pytest.fixture
def started(monkeypatch):
    """Nothing is started; what would have been finds its environment here."""
    told = []

    class Started:
        def __init__(self, *words, **more):  # of all that are started
            told.append(dict(os.environ))

        def serve(self):
            pass

        def send_signal(self, number):
            pass

        def wait(self, timeout):
            pass

    monkeypatch.setattr(subprocess, "Popen", Started)
    monkeypatch.setattr(granian, "Granian", Started)
    monkeypatch.setattr(serve, "must_be_free", lambda *_: None)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "gongkai.site.settings.testing")
    monkeypatch.delenv("GONGKAI_BASE_URL", raising=False)
    return told


def run(*words):
    done = CliRunner().invoke(serve.command, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_feeds_and_codes_name_the_port_that_was_asked_for(started, monkeypatch):
    monkeypatch.setitem(os.environ, "GONGKAI_BASE_URL", "")
    del os.environ["GONGKAI_BASE_URL"]
    assert "http://127.0.0.1:9000" in run("--port", "9000", "--worker")
    assert [each["GONGKAI_BASE_URL"] for each in started] == ["http://127.0.0.1:9000"] * (
        serve.WORKERS + 1
    )


def test_an_address_that_was_set_is_kept(started, monkeypatch):
    monkeypatch.setenv("GONGKAI_BASE_URL", "https://desk.yunchuan.example")
    run("--port", "9000", "--worker")
    assert {each["GONGKAI_BASE_URL"] for each in started} == {"https://desk.yunchuan.example"}
