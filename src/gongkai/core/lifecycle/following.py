"""Walking through the facts of an application."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.core import codes
from gongkai.core.deadlines import (
    Clock,
    Consultation,
    Deadline,
    Delay,
    Extension,
    FeeNotice,
    Step,
    Supplement,
    Whom,
    due,
)
from gongkai.core.deadlines import errors as clock_errors
from gongkai.core.deadlines.limits import limit_of
from gongkai.core.lifecycle import errors
from gongkai.core.lifecycle.course import Course, Round, Term
from gongkai.core.lifecycle.facts import Fact
from gongkai.core.lifecycle.ledger import Ledger
from gongkai.core.lifecycle.order import RENEW, Answers, day_of, in_order
from gongkai.core.lifecycle.table import Act, acts, conditions, duties, states
from gongkai.core.rulebook import Rulebook, national
from gongkai.core.workdays import AnnouncedCalendar, calendar

STOPPED = {"supplementing": "ask-supplement", "charged": "charge"}
"""The states in which the clock stands still, and what the office waits to be answered."""
WAITS = STOPPED | {"explaining": "ask-reasons"}
"""The states in which the office waits for the applicant."""
WITHDRAWN = "withdrawn"
NEEDED = {
    "dispatch": ("until", "答复的期限"),
    "ask-supplement": ("until", "补正的期限"),
    "ask-reasons": ("until", "说明理由的期限"),
    "consult": ("whom", "征求谁的意见"),
    "extend": ("working_days", "延长多少个工作日"),
    "delay": ("until", "答复的日期"),
}
"""What must be told of an act."""


def follow(
    facts: Iterable[Fact],
    *,
    book: Rulebook | None = None,
    days: AnnouncedCalendar | None = None,
    today: date | None = None,
) -> Course:
    """Return where an application stands after *facts*.

    Args:
        facts: What happened, noted down in any order: it is taken day by day, that of one day in the order
            that the table allows. Facts of the same act and day stay in the order of *facts*.
        book: The law data; the national one where left out.
        days: The calendar; all notices of *book* where left out.
        today: The day for which it is told what may follow; that of the last fact where left out.

    Raises:
        FactRefused: The table does not allow something at that point.
        EventRefused: The clock does not (too late, twice, unknown to the law of the day of receipt).
    """
    book = book or national()
    walk = _Walk(in_order(facts, acts(book)), book, days or calendar(book), today)
    for _ in walk.facts:
        walk.take()
    return walk.course()


@dataclass
class _Walk:
    """An application on its way; ``place`` is that of the fact in hand."""

    facts: tuple[Fact, ...]
    book: Rulebook
    days: AnnouncedCalendar
    today: date | None = None
    state: str = ""
    place: int = 0
    begun: int = 0
    rounds: list[Round] = field(default_factory=list)
    clock: Clock | None = None
    fixed: Deadline | None = None
    open_ended: set[int] = field(default_factory=set)
    windows: dict[int, Deadline | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.acts, self.needs = acts(self.book), conditions(self.book)
        self.answers = Answers.among(self.facts, self.acts)
        self.ledger = Ledger(duties(self.book))

    # -- one fact ------------------------------------------------------------------------------------

    def take(self) -> None:
        fact = self.facts[self.place]
        act = self.acts.get(fact.act)
        if act is None:
            raise errors.UnknownAct(act=fact.act)
        if refusal := self._why_not(fact.act, fact.day):
            raise refusal
        asked = self._asked(fact, act)
        self._must_be_complete(fact, act)
        self._happen(fact)
        if fact.act in {"dispatch", "consult"}:
            self._owe(fact.whom or fact.act, fact, about=True)
        if asked is not None and fact.act in {"report", "opinion"}:
            self.ledger.end(fact.day, waits=asked)
        if act.to:
            self.state = act.to
            for duty in self.ledger.leave(self.state, fact.day):
                self._owe(duty, fact)
        self.place += 1

    def _happen(self, fact: Fact) -> None:
        match fact.act:
            case "receive" | "confirm" | "arrive":
                self.rounds = [Round(started=fact.day)]
                self.clock = None if fact.act == "arrive" else self._new_clock(fact.day)
            case "renew":
                self._renew(fact)
            case "decide" | "withdraw":
                self._decide(fact)
            case "deliver":
                self._now(delivered=fact.day)
            case "ask-supplement":
                self._ask_supplement(fact)
            case "consult":
                self._consult(fact)
            case "charge":
                self._charge(fact)
            case "extend":
                days = fact.working_days or 0
                self._clock.tell(Extension(days, notified=fact.day, approved=fact.approved))
                self._now(extended=True)
            case "delay":
                self._clock.tell(Delay(fact.day, fact.until or fact.day))
                self._now(delayed=True)

    # -- what the table allows -----------------------------------------------------------------------

    def _why_not(self, key: str, day: date) -> errors.FactRefused | None:
        """Return why the table does not allow *key* on *day*, or nothing where it does."""
        act = self.acts[key]
        if not self.state:
            return errors.NothingReceived() if act.from_ else None
        if self.state not in (*act.from_, *act.late):
            return errors.NotNow(state=self._label, act=act.title, hint=self._hint(day))
        return self._against_the_law(act, day) or self._against_the_past(key, act)

    def _against_the_law(self, act: Act, day: date) -> errors.FactRefused | None:
        """Return what the law of this round, or a day that a ruling set, has against *act*."""
        if act.since and self.law < act.since:
            return errors.NotInThatLaw(day=self.law, act=act.title)
        if act.moves and self.fixed:
            return errors.DaySet(act=act.title)
        limit = self._deadline() if self.state in act.late else None
        if limit and day <= limit.day:
            return errors.NotLate(limit=limit.day, act=act.title)
        return None

    def _against_the_past(self, key: str, act: Act) -> errors.FactRefused | None:
        """Return what has happened, or has not, in this round that *key* cannot follow."""
        happened = {fact.act: fact.day for fact in self._of_round()}
        if act.once and key in happened:
            return errors.Once(act=act.title, day=happened[key])
        for other in act.unless:
            if other in happened:
                before = self.acts[other].title
                return errors.NotAfter(act=act.title, day=happened[other], before=before)
        if act.after and act.after not in happened:
            hint = f"要先“{self.acts[act.after].title}”。"
            return errors.NotNow(state=self._label, act=act.title, hint=hint)
        return None

    def _asked(self, fact: Fact, act: Act) -> int | None:
        """Return the place of the fact that *fact* answers."""
        if not act.answers:
            return None
        asked = self.answers.asked.get(self.place)
        if asked is not None:
            return asked
        titles = "、".join(self.acts[key].title for key in act.answers)
        if count := self.answers.open.get(self.place):
            raise errors.WhichOne(count=count, before=titles, act=act.title)
        named = [one for one in self.facts if fact.about is not None and one.key == fact.about]
        for one in named:
            if one.act not in act.answers:
                break
            if one.day > fact.day:
                raise errors.TooEarly(
                    act=act.title, day=fact.day, before=self.acts[one.act].title, limit=one.day
                )
            if fact.act == "serve":
                raise errors.ServedTwice
        raise errors.NotWaiting(before=titles, act=act.title)

    # -- rounds and decisions ------------------------------------------------------------------------

    @property
    def law(self) -> date:
        """The day whose law applies: that of receipt, or that on which it is taken up again."""
        return self.rounds[-1].started

    def _new_clock(self, day: date) -> Clock:
        return Clock(day, book=self.book, days=self.days)

    def _renew(self, fact: Fact) -> None:
        self._settle()
        self.ledger.close(fact.day)
        self.rounds.append(Round(started=fact.day))
        self.begun, self.clock, self.fixed = self.place, None, None
        if fact.until is None:
            self.clock = self._new_clock(fact.day)
            return
        steps = (Step(fact.day, "重新办理"), Step(fact.until, "复议决定或者裁判确定的期限"))
        self.fixed = Deadline(day=fact.until, provisional=False, steps=steps)

    def _decide(self, fact: Fact) -> None:
        grounds = (WITHDRAWN,) if fact.act == "withdraw" else fact.grounds
        if fact.act == "decide":
            if not grounds:
                raise errors.NoGround
            for key in grounds:
                if refusal := self._barred(key, fact.day):
                    raise refusal
        self._settle()
        self._now(decided=fact.day, grounds=grounds)

    def _barred(self, key: str, day: date) -> errors.FactRefused | None:
        """Return why the ground *key* cannot be chosen on *day*, or nothing where it can."""
        ground = codes.grounds(self.book).get(key)
        if ground is None or ground.group == "unanswered":
            return errors.UnknownGround(day=self.law, ground=key)
        if ground.articles and ground.articles.get(self.law) is None:
            return errors.UnknownGround(day=self.law, ground=ground.label)
        waits, needs = WAITS.get(self.state), self.needs.get(key)
        if self.state in STOPPED and (needs is None or needs.after != waits):
            fitting = [k for k, needed in self.needs.items() if needed.after == waits]
            labels = "、".join(codes.ground(k, self.book).label for k in fitting)
            return errors.OnlyLapsed(state=self._label, grounds=labels)
        if needs and needs.opinions:
            return self._outstanding(ground.label, day)
        return self._not_yet(key, ground.label, day) if needs else None

    def _not_yet(self, key: str, label: str, day: date) -> errors.FactRefused | None:
        """Return why what must have happened before the ground *key* has not."""
        needs, waits = self.needs[key], WAITS.get(self.state)
        title = self.acts[needs.after].title
        # what the applicant once did or failed to do is not undone by a ruling; to withdraw is a decision itself
        whole = not needs.lapsed and key != WITHDRAWN
        asked = [
            place
            for place in range(0 if whole else self.begun, self.place)
            if self.facts[place].act == needs.after
        ]
        if not asked:
            return errors.GroundNeeds(ground=label, act=title)
        if needs.lapsed and waits != needs.after:
            return errors.GroundAnswered(ground=label, act=title)
        limit = self._limit_of(asked[-1])
        if waits == needs.after and (limit is None or day <= limit):
            return errors.GroundTooEarly(act=title, limit=limit or "（未定）", ground=label)
        return None

    def _outstanding(self, label: str, day: date) -> errors.FactRefused | None:
        """Return which opinion must be waited for before something is disclosed."""
        for place in self._consultations():
            answer = self.answers.given.get((place, "opinion"))
            limit = self._limit_of(place)
            if (answer is None or answer >= self.place) and (limit is None or day <= limit):
                until = f"期限到{limit}为止" if limit else "没有写明期限"
                sent = self.facts[place].day
                return errors.OpinionsOutstanding(sent=sent, limit=until, ground=label)
        return None

    # -- the clock -----------------------------------------------------------------------------------

    @property
    def _clock(self) -> Clock:
        if self.clock is None:
            raise errors.DaySet(act="改变答复期限")
        return self.clock

    def _ask_supplement(self, fact: Fact) -> None:
        with suppress(clock_errors.AwaitingSupplement):
            self._clock.tell(Supplement(fact.day, self._day_of("supplement")))

    def _consult(self, fact: Fact) -> None:
        if self.clock is None:
            return  # a day that a ruling set does not wait for opinions
        answered, whom = self._day_of("opinion"), Whom(fact.whom or Whom.THIRD_PARTY)
        if self._window(self.place) is None and answered is None:
            # the law of 2007 sets no limit: the office did, or the opinion is waited for as long as it takes
            answered = fact.until or max(fact.day, self.facts[-1].day, self.today or date.min)
            if fact.until is None:
                self.open_ended.add(self.place)
        # what is asked after the last day is noted, but does not help the office any more
        with suppress(clock_errors.TooLate):
            event = Consultation(fact.day, answered, whom, delivered=self._day_of("serve"))
            self.clock.tell(event)

    def _charge(self, fact: Fact) -> None:
        if fact.day > self._clock.last:
            name = self.acts[fact.act].title
            raise clock_errors.TooLate(limit=self._clock.last, day=fact.day, event=f"发出{name}")
        if self._day_of("waive"):
            return  # as if nothing had been asked for
        served = self._day_of("serve") or fact.day
        with suppress(clock_errors.AwaitingPayment):
            self._clock.tell(FeeNotice(served, self._day_of("pay"), sent=fact.day))

    def _deadline(self) -> Deadline | None:
        """Return the last day for a reply as things stand; nothing while the office waits."""
        if self.fixed or self.clock is None:
            return self.fixed
        open_ended = any(
            self.answers.given.get((place, "opinion")) is None
            for place in self.open_ended
            if place >= self.begun
        )
        return None if self.state in STOPPED or open_ended else self.clock.deadline()

    def _window(self, place: int) -> Deadline | None:
        """Return the limit that the law sets for an answer to the fact at *place*, where it sets one."""
        if place not in self.windows:
            self.windows[place] = self._work_out_window(place)
        return self.windows[place]

    def _work_out_window(self, place: int) -> Deadline | None:
        fact = self.facts[place]
        limits = {"charge": "application.fee-payment", "consult": f"application.{fact.whom}"}
        key = limits.get(fact.act)
        if key is None or limit_of(key, self.book).values.get(self.law) is None:
            return None
        start = self._day_of("serve", place) or fact.day
        return due(key, start, law=self.law, book=self.book, days=self.days)

    def _limit_of(self, place: int) -> date | None:
        """Return the last day for an answer to the fact at *place*."""
        window = self._window(place)
        return window.day if window else self.facts[place].until

    def _settle(self) -> None:
        """Write down the last day of this round, and what did not count until then."""
        deadline = self._deadline()
        if self.rounds[-1].decided is None:
            self._now(due=deadline)
        if self.clock:
            last = self.clock.last
            paused = [day for day in self.clock.skipped if day <= last]
            # where the limit runs anew (补正, 缴费), nothing before that counts either
            before = self.days.between(self.rounds[-1].started, self.clock.start)
            self._now(paused=before + sum(map(self.days.is_workday, paused)))

    # -- duties --------------------------------------------------------------------------------------

    def _owe(self, key: str, fact: Fact, *, about: bool = False) -> None:
        """Begin the duty *key*, which waits for an answer to *fact* where it is *about* it."""
        day, deadline = (fact.until, None) if fact.act != RENEW else (None, None)
        limit = self.ledger.duties[key].limit
        if key in {"third-party", "co-agency", "payment"}:
            deadline = self._window(self.place)
        elif key in {"examine", "archive"} and limit_of(limit, self.book).values.get(fact.day):
            deadline = due(limit, fact.day, book=self.book, days=self.days)
        term = Term(
            key,
            self.ledger.duties[key].who,
            started=fact.day,
            due=deadline.day if deadline else day,
            about=fact.key if about else 0,
            deadline=deadline,
        )
        self.ledger.start(term, len(self.rounds) - 1, waits=self.place if about else None)

    # -- the outcome ---------------------------------------------------------------------------------

    def course(self) -> Course:
        if not self.state:
            raise errors.NothingReceived
        self._settle()
        today = max(self.facts[-1].day, self.today or date.min)
        terms = self.ledger.dated(self.rounds)
        barred = {key: str(why) for key in self.needs if (why := self._barred(key, today))}
        running = [term.about for term in terms if term.is_running and term.about]
        allowed = [key for key in self.acts if self._may_follow(key, today)]
        return Course(self.state, tuple(self.rounds), terms, tuple(allowed), barred, tuple(running))

    def _may_follow(self, key: str, day: date) -> bool:
        """Tell whether *key* can be done on *day*, with facts that suit."""
        act = self.acts[key]
        if self.state not in (*act.from_, *act.late) or self._why_not(key, day):
            return False
        if key == "decide" and self.state in STOPPED:
            return any(not self._barred(ground, day) for ground in self.needs)
        if act.answers:
            return any(self._can_be_answered(act, key, day))
        limit = self._last_for(key)
        return limit is None or day <= limit

    def _can_be_answered(self, act: Act, key: str, day: date) -> Iterator[bool]:
        for place in self.answers.waiting(self.facts[: self.place], key, act.answers):
            if place >= self.begun:
                limit = self._limit_of(place) if key == "pay" else None
                yield limit is None or day <= limit

    def _last_for(self, key: str) -> date | None:
        """Return the last day on which the clock lets *key* happen, where there is one."""
        if self.clock is None:
            return None
        if key == "ask-supplement":
            return due(
                "application.supplement-notice", self.law, book=self.book, days=self.days
            ).day
        return self.clock.last if key in {"extend", "delay", "charge"} else None

    # -- small questions -----------------------------------------------------------------------------

    @property
    def _label(self) -> str:
        return states(self.book)[self.state].label

    def _hint(self, day: date) -> str:
        titles = [act.title for key, act in self.acts.items() if self._may_follow(key, day)]
        return f"现在可以：{'、'.join(titles)}。" if titles else ""

    def _of_round(self) -> tuple[Fact, ...]:
        """Return what has happened since the round began."""
        return self.facts[self.begun : self.place]

    def _consultations(self) -> Iterator[int]:
        return (n for n in range(self.begun, self.place) if self.facts[n].act == "consult")

    def _day_of(self, act: str, place: int | None = None) -> date | None:
        """Return the day on which *act* answers the fact at *place*, the one in hand if left out."""
        asked = self.place if place is None else place
        return day_of(self.facts, self.answers.given.get((asked, act)))

    @staticmethod
    def _must_be_complete(fact: Fact, act: Act) -> None:
        name, what = NEEDED.get(fact.act, ("act", ""))
        unknown = fact.act == "consult" and fact.whom not in set(Whom)
        if getattr(fact, name) is None or unknown:
            raise errors.NoDay(act=act.title, what=what)
        if fact.until is not None and fact.until < fact.day:
            raise errors.UntilPassed(act=act.title, until=fact.until, day=fact.day)

    def _now(self, **changes: object) -> None:
        self.rounds[-1] = replace(self.rounds[-1], **changes)  # type: ignore[arg-type]  # fields of Round
