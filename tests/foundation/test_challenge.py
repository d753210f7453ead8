"""Abuse: most people never notice, a machine pays, nobody is shut out for good."""

import hashlib
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from gongkai.foundation import clock
from gongkai.foundation.challenge import Gate, TooOften, Unsolved
from gongkai.foundation.challenge.challenges import is_solved, set_challenge
from gongkai.foundation.challenge.questions import NUMERALS, plain

GATE = Gate("test", free=2, most=5, seconds=3600)


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def request(address="10.1.1.1", **told):
    return RequestFactory().post("/", told, REMOTE_ADDR=address)


def answered(challenge) -> str:
    for first in range(1, 10):
        for second in range(1, 10):
            if challenge.question.startswith(f"{NUMERALS[first]}加{NUMERALS[second]}"):
                return str(first + second)
    word, place = challenge.question.split("”")
    return word.strip("“").split("、")["一二三四五".index(place[2])]


def worked(challenge) -> str:
    number = 0
    while True:
        digest = hashlib.sha256(f"{challenge.nonce}:{number}".encode()).hexdigest()
        if bin(int(digest, 16) + (1 << 256))[3:].startswith("0" * challenge.bits):
            return str(number)
        number += 1


def test_the_first_pass_unasked_the_next_prove_themselves_the_last_wait():
    for _ in range(2):
        assert GATE.challenge(request()) is None
        GATE.enter(request())
    for prove in ("answer", "work", "answer"):
        with pytest.raises(Unsolved):
            GATE.enter(request())
        challenge = GATE.challenge(request())
        told = {"challenge": challenge.token}
        told |= (
            {"challenge-answer": f" {answered(challenge)}。"}
            if prove == "answer"
            else {"challenge-work": worked(challenge)}
        )
        GATE.enter(request(**told))
        with pytest.raises((Unsolved, TooOften)):
            GATE.enter(request(**told))  # each counts once
    with pytest.raises(TooOften, match="分钟后再试"):
        GATE.enter(request())
    GATE.enter(request("10.1.1.2"))  # somebody else is not concerned
    with clock.moved_to(clock.today() + timedelta(days=1)):
        GATE.enter(request())


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"challenge": "made-up"},
        {"challenge-answer": "九十九"},
        {"challenge-work": "1" * 15},
        {"challenge-work": "-1"},
    ],
    ids=["nothing", "a made-up token", "a wrong answer", "no work", "no number"],
)
def test_what_is_no_answer_does_not_pass(told):
    challenge = set_challenge("test")
    assert not is_solved("test", {"challenge": challenge.token, **told})


def test_a_challenge_is_for_one_purpose_and_an_hour():
    challenge = set_challenge("test")
    told = {"challenge": challenge.token, "challenge-answer": answered(challenge)}
    assert not is_solved("another", told)
    assert is_solved("test", told)


@pytest.mark.parametrize("given", ["12", "１２", "十二", "等于12。", " 十二 "])
def test_an_answer_may_be_written_as_people_write(given):
    assert plain(given) == "12"
