"""Whatever is done to an application on whatever day: no unlawful state, and always somebody who owes something."""

from datetime import date, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gongkai.core.codes import grounds
from gongkai.core.lifecycle import Fact, acts, conditions, duties, follow, states
from gongkai.core.lifecycle.order import in_order
from gongkai.core.refusal import Refusal
from gongkai.core.workdays import calendar

ACTS, STATES, DUTIES, GROUNDS, DAYS = acts(), states(), duties(), grounds(), calendar()
NEW_LAW = date(2019, 5, 15)
WAITED_FOR = {"opinion", "supplement", "pay", "waive"}
"""Answers: only they may bring the last day nearer."""
ENDS = {"decide", "withdraw", "renew", "correct", "archive"}
"""What brings a round to its end, or begins another: done less often, so that more happens on the way."""
ONCE = {
    "ask-supplement": "supplement",
    "ask-reasons": "reasons",
    "charge": "pay",
    "extend": "",
    "delay": "",
}
"""What may be done once in a round, and what answers it."""
STARTS = st.one_of(
    st.dates(date(2008, 5, 1), date(2019, 5, 14)),
    st.dates(date(2021, 1, 1), date(2026, 6, 30)),
    st.dates(date(2019, 5, 10), date(2019, 5, 20)),
    st.dates(date(2023, 9, 1), date(2024, 2, 20)),
)


def refusal_of(facts):
    """Return the sentence with which *facts* are refused; nothing where they are not."""
    try:
        follow(facts)
    except Refusal as refusal:
        return str(refusal)
    return ""


class AnyCourse(RuleBasedStateMachine):
    """Random acts on random days, those that are allowed and those that are not."""

    def __init__(self):
        super().__init__()
        self.keys = count(1)

    @initialize(day=STARTS, act=st.sampled_from(["receive", "arrive"]))
    def begin(self, day, act):
        self.facts = [Fact(act, day, key=next(self.keys))]
        self.today = day
        self.course = follow(self.facts)

    def ways(self, act, day):
        """Yield facts with which *act* might be done on *day*, the likeliest first."""
        key, after = next(self.keys), timedelta(10)
        asked = [fact.key for fact in self.facts if fact.act in ACTS[act].answers] or [None]
        if act == "decide":
            near = sorted(GROUNDS, key=lambda ground: ground not in conditions())
            for ground in ["not-existing", *near]:
                yield Fact(act, day, key, grounds=(ground,))
        elif act == "consult":
            yield Fact(act, day, key, whom="third-party")
            yield Fact(act, day, key, whom="co-agency")
        elif act == "delay":
            due = self.course.due.day if self.course.due else day
            yield Fact(act, day, key, until=max(due, day) + timedelta(30))
        elif act == "extend":
            yield Fact(act, day, key, working_days=5)
        else:
            until = None if act == "renew" and key % 2 else day + after
            for about in reversed(asked):
                yield Fact(act, day, key, about=about, until=until)

    def take(self, fact):
        before, known = self.course, self.facts
        self.facts = [*known, fact]
        self.course = follow(self.facts)
        for old, new in zip(before.rounds, self.course.rounds, strict=False):
            assert old.started == new.started or fact.act == "confirm"
            assert old.decided is None or (old.decided, old.grounds) == (new.decided, new.grounds)
        same = len(before.rounds) == len(self.course.rounds) and fact.act != "confirm"
        if same and before.due and self.course.due and fact.act not in WAITED_FOR:
            assert self.course.due.day >= before.due.day

    @rule(data=st.data(), wait=st.one_of(st.integers(0, 3), st.integers(0, 25)))
    def do_what_is_allowed(self, data, wait):
        self.today += timedelta(wait)
        self.course = follow(self.facts, today=self.today)
        on_the_way = [act for act in self.course.allowed if act not in ENDS]
        turns = [act for act in on_the_way if ACTS[act].to or ACTS[act].moves]
        choices = [turns, turns, on_the_way, self.course.allowed]
        choice = data.draw(st.sampled_from([one for one in choices if one]))
        act = data.draw(st.sampled_from(choice))
        way = next(
            (w for w in self.ways(act, self.today) if not refusal_of([*self.facts, w])), None
        )
        assert way is not None, f"{act} is said to be allowed on {self.today}, but nothing does it"
        self.take(way)

    @rule(data=st.data(), wait=st.integers(1, 12))
    def try_what_is_not(self, data, wait):
        # on a day without facts: earlier on the same day it might still have been allowed
        self.today += timedelta(wait)
        self.course = follow(self.facts, today=self.today)
        act = data.draw(st.sampled_from([act for act in ACTS if act not in self.course.allowed]))
        for way in self.ways(act, self.today):
            sentence = refusal_of([*self.facts, way])
            assert sentence.endswith("。"), f"{act} on {self.today} is not refused: {sentence}"
            assert "{" not in sentence
            assert "None" not in sentence

    @precondition(lambda self: set(ONCE) & {*self.course.allowed})
    @rule(data=st.data())
    def do_twice_what_is_done_once(self, data):
        self.course = follow(self.facts, today=self.today)
        act = data.draw(st.sampled_from([*ONCE]))
        for one in filter(None, (act, ONCE[act])):
            ways = (w for w in self.ways(one, self.today) if not refusal_of([*self.facts, w]))
            way = next(ways, None)
            if way is None:
                return
            self.take(way)
        assert act not in self.course.allowed
        for way in self.ways(act, self.today):
            assert refusal_of([*self.facts, way]), f"{act} twice on {self.today}"

    @rule(data=st.data(), back=st.integers(1, 30), act=st.sampled_from(sorted(ACTS)))
    def note_down_late(self, data, back, act):
        way = data.draw(st.sampled_from(list(self.ways(act, self.today - timedelta(back)))))
        if not refusal_of([*self.facts, way]):
            self.facts.append(way)
            self.course = follow(self.facts)

    @invariant()
    def it_does_not_matter_in_which_order_it_is_told(self):
        assert follow(reversed(self.facts)) == follow(self.facts)

    @precondition(lambda self: "decide" in self.course.allowed)
    @rule(ground=st.sampled_from(sorted(conditions())), wait=st.integers(0, 20))
    def decide_on_what_needs_something_before(self, ground, wait):
        self.today += timedelta(wait)
        barred = follow(self.facts, today=self.today).barred
        fact = Fact("decide", self.today, next(self.keys), grounds=(ground,))
        assert refusal_of([*self.facts, fact]) == barred.get(ground, "")
        if ground not in barred:
            self.take(fact)

    @invariant()
    def somebody_owes_something(self):
        course = self.course
        state = STATES[course.state]
        assert bool(course.running) is (course.state != "archived")
        owed = {term.duty for term in course.running}
        if state.open:
            assert owed & {"confirm", "reply", "deliver"}
        for term in course.terms:
            assert term.who == DUTIES[term.duty].who
            assert term.ended is None or term.ended >= term.started
            assert not term.is_running or course.state in DUTIES[term.duty].in_
        assert set(course.waiting) <= {fact.key for fact in self.facts}

    @invariant()
    def it_is_lawful(self):
        facts = in_order(self.facts, ACTS)
        begun = [0, *(n for n, fact in enumerate(facts) if fact.act == "renew"), len(facts)]
        rounds = [facts[start:end] for start, end in pairwise(begun)]
        assert len(self.course.rounds) == len(rounds)
        for one, done in zip(self.course.rounds, rounds, strict=True):
            lawful_round(one, done)
        one, done = self.course.current, rounds[-1]
        counts = one.started >= NEW_LAW and not (done[0].act == "renew" and done[0].until)
        if counts and STATES[self.course.state].open and self.course.due and not one.decided:
            assert self.course.due.day == counted_on_fingers(one.started, done)


def lawful_round(one, done):
    """Hold what was done in a round against the articles, with nothing but a calendar."""
    happened = [fact.act for fact in done]
    for act in ("ask-supplement", "extend", "ask-reasons", "delay", "charge"):
        assert happened.count(act) <= 1, act
    assert happened.count("decide") + happened.count("withdraw") <= 1
    assert bool(one.decided) is ("decide" in happened or "withdraw" in happened)
    for fact in done:
        if fact.act in {"ask-supplement", "ask-reasons", "delay", "charge"}:
            assert one.started >= NEW_LAW
        if fact.act == "ask-supplement":
            assert DAYS.between(one.started, fact.day) <= 7
        if fact.act == "charge" and "not-paid" in one.grounds:
            assert one.decided > DAYS.after(told(fact, done), 20)
            assert "pay" not in happened
        if fact.act == "ask-supplement" and "not-corrected" in one.grounds:
            assert one.decided > fact.until
            assert "supplement" not in happened
        if fact.act == "consult" and {"granted", "partial"} & {*one.grounds}:
            assert one.decided > (waited_until(fact, done, one.started) or date.max) or heard(
                fact, done
            )


def told(fact, done):
    """Return the day on which whom *fact* is addressed to was told: that of service, or of sending."""
    return next((f.day for f in done if (f.act, f.about) == ("serve", fact.key)), fact.day)


def heard(fact, done):
    return next((f.day for f in done if (f.act, f.about) == ("opinion", fact.key)), None)


def waited_until(fact, done, started):
    """Return the last day that need not be counted while the opinion asked for by *fact* is out."""
    if started < NEW_LAW:
        return fact.until
    window = DAYS.after(told(fact, done), 15)
    return min(heard(fact, done) or window, window)


def counted_on_fingers(started, done):
    """Return the last day for a reply under the law of 2019, counted day by day."""
    start, limit, pauses, set_day = started, 20, [], None

    def last():
        day, left = start, limit
        while left:
            day += timedelta(1)
            waiting = any(sent < day <= end for sent, end in pauses)
            left -= DAYS.is_workday(day) and not waiting
        return set_day or day

    for fact in done:
        match fact.act:
            case "supplement" | "pay":
                start, limit, set_day = fact.day, 20, None
            case "extend":
                limit += fact.working_days
            case "delay":
                set_day = fact.until
            case "consult" if fact.day <= last():
                pauses.append((fact.day, waited_until(fact, done, started)))
    return last()


AnyCourse.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyCourse = AnyCourse.TestCase
