"""Walking through the facts of an application."""

from collections import defaultdict
from collections.abc import Iterable
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
    due,
)
from gongkai.core.deadlines import errors as clock_errors
from gongkai.core.deadlines.events import Whom
from gongkai.core.deadlines.limits import limit_of
from gongkai.core.lifecycle import errors
from gongkai.core.lifecycle.course import Course, Round, Term
from gongkai.core.lifecycle.facts import Fact
from gongkai.core.lifecycle.table import Act, acts, conditions, duties, states
from gongkai.core.rulebook import Rulebook, national
from gongkai.core.workdays import AnnouncedCalendar, calendar

BEGIN = ("receive", "arrive")
WAITS = {"supplementing": "ask-supplement", "explaining": "ask-reasons", "charged": "charge"}
"""The states in which the office waits for the applicant, and what it waits to be answered."""
WITHDRAWN = "withdrawn"


def follow(
    facts: Iterable[Fact],
    *,
    book: Rulebook | None = None,
    days: AnnouncedCalendar | None = None,
) -> Course:
    """Return where an application stands after *facts*.

    Args:
        facts: What happened, in the order in which it was noted down; they are taken day by day.
        book: The law data; the national one where left out.
        days: The calendar; all notices of *book* where left out.

    Raises:
        FactRefused: The table does not allow something at that point.
        EventRefused: The clock does not (too late, twice, unknown to the law of the day of receipt).
    """
    walk = _Walk(tuple(sorted(facts, key=lambda fact: fact.day)), book or national(), days)
    for fact in walk.facts:
        walk.take(fact)
    return walk.course()


@dataclass
class _Walk:
    """An application on its way."""

    facts: tuple[Fact, ...]
    book: Rulebook
    calendar: AnnouncedCalendar | None = None
    state: str = ""
    rounds: list[Round] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    done: list[Fact] = field(default_factory=list)
    clock: Clock | None = None
    fixed: Deadline | None = None
    late_waits: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.days = self.calendar or calendar(self.book)
        self.acts, self.duties = acts(self.book), duties(self.book)
        self.answers: dict[int, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.about is not None:
                self.answers[fact.about].append(fact)

    # -- one fact ------------------------------------------------------------------------------------

    def take(self, fact: Fact) -> None:
        act = self._allowed(fact)
        asked = self._asked(fact, act)
        match fact.act:
            case "receive" | "arrive" | "confirm":
                self._begin(fact)
            case "renew":
                self._renew(fact)
            case "decide" | "withdraw":
                self._decide(fact)
            case "deliver":
                self._now(delivered=fact.day)
            case _:
                self._tell(fact)
        self._wait(fact, asked)
        if act.to:
            self._enter(act.to, fact)
        self.done.append(fact)

    def _allowed(self, fact: Fact) -> Act:
        act = self.acts.get(fact.act)
        if act is None:
            raise errors.UnknownAct(act=fact.act)
        if not self.state:
            if fact.act not in BEGIN:
                raise errors.NothingReceived
            return act
        if self.state not in act.from_:
            raise errors.NotNow(state=self._label, act=act.title, hint=self._hint())
        refusal = self._lawful(fact.act)
        if refusal:
            raise refusal
        return act

    def _lawful(self, key: str) -> errors.FactRefused | None:
        """Return why the act *key* cannot follow what has happened, or nothing where it can."""
        act, happened = self.acts[key], {one.act: one.day for one in self._of_round()}
        law = self.rounds[0].started
        if act.since and law < act.since:
            return errors.NotInThatLaw(day=law, act=act.title)
        if act.once and key in happened:
            return errors.Once(act=act.title, day=happened[key])
        if act.after and act.after not in happened:
            hint = f"要先“{self.acts[act.after].title}”。"
            return errors.NotNow(state=self._label, act=act.title, hint=hint)
        return None

    def _asked(self, fact: Fact, act: Act) -> Fact | None:
        """Return the fact that *fact* answers."""
        if not act.answers:
            return None
        candidates = [one for one in self._of_round() if one.act in act.answers]
        if fact.about is not None:
            candidates = [one for one in candidates if one.key == fact.about]
        if not candidates:
            titles = "、".join(self.acts[key].title for key in act.answers)
            raise errors.NotWaiting(before=titles, act=act.title)
        asked = candidates[-1]
        if fact.day < asked.day:
            raise errors.TooEarly(
                act=act.title, day=fact.day, before=self.acts[asked.act].title, limit=asked.day
            )
        if any(one.act == fact.act and one.about == asked.key for one in self.done if asked.key):
            if fact.act == "serve":
                raise errors.ServedTwice
            raise errors.NotWaiting(before=self.acts[asked.act].title, act=act.title)
        return asked

    def _begin(self, fact: Fact) -> None:
        if self.rounds:
            self.rounds.pop()
        self.rounds.append(Round(started=fact.day))
        if fact.act != "arrive":
            self.clock = Clock(fact.day, book=self.book, days=self.days)

    def _renew(self, fact: Fact) -> None:
        self.rounds.append(Round(started=fact.day))
        self.clock, self.fixed = None, None
        if fact.until is None:
            self.clock = Clock(fact.day, book=self.book, days=self.days)
            return
        if fact.until < fact.day:
            raise errors.UntilPassed(act=self.acts["renew"].title, until=fact.until, day=fact.day)
        steps = (Step(fact.day, "重新办理"), Step(fact.until, "复议决定或者裁判确定的期限"))
        self.fixed = Deadline(day=fact.until, provisional=False, steps=steps)

    def _decide(self, fact: Fact) -> None:
        grounds = (WITHDRAWN,) if fact.act == "withdraw" else fact.grounds
        if fact.act == "decide":
            self._must_be_choosable(grounds, fact.day)
            for one in self._of_round():
                limit = self._open_consultation(one)
                if limit and fact.day <= limit:
                    raise errors.OpinionsOutstanding(sent=one.day, limit=f"期限到{limit}为止")
        self._now(decided=fact.day, grounds=grounds)

    def _must_be_choosable(self, grounds: tuple[str, ...], day: date) -> None:
        if not grounds:
            raise errors.NoGround
        known = codes.grounds(self.book)
        law = self.rounds[0].started
        for key in grounds:
            found = known.get(key)
            if found is None or found.group == "unanswered":
                raise errors.UnknownGround(day=law, ground=key)
            if found.articles and found.articles.get(law) is None:
                raise errors.UnknownGround(day=law, ground=found.label)
            refusal = self._barred(key, day)
            if refusal:
                raise refusal
        waits = WAITS.get(self.state)
        needed = conditions(self.book)
        if waits and any(key not in needed or needed[key].after != waits for key in grounds):
            fitting = [known[k].label for k, needs in needed.items() if needs.after == waits]
            raise errors.OnlyLapsed(state=self._label, grounds="、".join(fitting))

    def _barred(self, ground: str, day: date) -> errors.FactRefused | None:
        """Return why *ground* cannot be chosen on *day*, or nothing where it can."""
        needs = conditions(self.book).get(ground)
        if needs is None:
            return None
        label = codes.ground(ground, self.book).label
        title = self.acts[needs.after].title
        asked = [one for one in self._of_round() if one.act == needs.after]
        if not asked or (needs.lapsed and WAITS.get(self.state) != needs.after):
            return errors.GroundNeeds(ground=label, act=title)
        if WAITS.get(self.state) == needs.after:
            limit = self._limit_of(asked[-1])
            if limit is None or day <= limit:
                return errors.GroundTooEarly(act=title, limit=limit or "（未定）", ground=label)
        return None

    # -- the clock -----------------------------------------------------------------------------------

    def _tell(self, fact: Fact) -> None:
        match fact.act:
            case "ask-supplement":
                self._must_have(fact, "until", "补正的期限")
                self._until_after(fact)
                answer = self._answer(fact, "supplement")
                with suppress(clock_errors.AwaitingSupplement):
                    self._clock.tell(Supplement(fact.day, answer.day if answer else None))
            case "consult":
                self._must_have(fact, "whom", "征求谁的意见")
                self._consult(fact)
            case "charge":
                self._charge(fact)
            case "extend":
                self._must_have(fact, "working_days", "延长多少个工作日")
                days = fact.working_days or 0
                self._clock.tell(Extension(days, notified=fact.day, approved=fact.approved))
                self._now(extended=True)
            case "delay":
                self._must_have(fact, "until", "答复的日期")
                self._clock.tell(Delay(fact.day, fact.until or fact.day))
                self._now(delayed=True)
            case "ask-reasons" | "dispatch":
                self._must_have(fact, "until", "答复的期限")
                self._until_after(fact)
            case _:
                pass

    @property
    def _clock(self) -> Clock:
        if self.clock is None:
            raise errors.NotNow(
                state=self._label, act="改变答复期限", hint="这一轮的期限由复议决定或者裁判确定。"
            )
        return self.clock

    def _consult(self, fact: Fact) -> None:
        answer, served = self._answer(fact, "opinion"), self._answer(fact, "serve")
        event = Consultation(
            fact.day,
            answer.day if answer else None,
            whom=Whom(fact.whom or Whom.THIRD_PARTY),
            delivered=served.day if served else None,
        )
        # what is asked after the last day is noted, but does not help the office any more
        with suppress(clock_errors.TooLate, clock_errors.AwaitingThirdParty):
            self._clock.tell(event)

    def _charge(self, fact: Fact) -> None:
        if self._answer(fact, "waive"):
            return
        paid, served = self._answer(fact, "pay"), self._answer(fact, "serve")
        notified = served.day if served else fact.day
        with suppress(clock_errors.AwaitingPayment):
            self._clock.tell(FeeNotice(notified, paid.day if paid else None))

    def _deadline(self) -> Deadline | None:
        """Return the last day for a reply as things stand; nothing while the office waits."""
        if self.fixed or self.clock is None:
            return self.fixed
        open_ended = any(
            limit is None and not self._answer(one, "opinion")
            for one in self._of_round()
            if one.act == "consult"
            for limit in [self._limit_of(one)]
        )
        waiting = self.state in {"supplementing", "charged"}
        return None if waiting or open_ended else self.clock.deadline()

    def _limit_of(self, fact: Fact) -> date | None:
        """Return the last day for an answer to *fact*."""
        window = self._window(fact)
        return window.day if window else fact.until

    def _window(self, fact: Fact) -> Deadline | None:
        """Return the limit that the law sets for an answer to *fact*, where it sets one."""
        limit = {"charge": "application.fee-payment", "consult": f"application.{fact.whom}"}
        key = limit.get(fact.act)
        law = self.rounds[0].started
        if key is None or limit_of(key, self.book).values.get(law) is None:
            return None
        served = self._answer(fact, "serve")
        start = served.day if served else fact.day
        return due(key, start, law=law, book=self.book, days=self.days)

    # -- duties --------------------------------------------------------------------------------------

    def _wait(self, fact: Fact, asked: Fact | None) -> None:
        """Begin the duty to answer *fact*, and end that which it answers."""
        kind = {"dispatch": "dispatch", "consult": fact.whom or ""}.get(fact.act)
        if kind:
            self._start(kind, fact, about=fact.key)
        if asked is not None and fact.act in {"report", "opinion"}:
            self._end(fact.day, about=asked.key)

    def _enter(self, state: str, fact: Fact) -> None:
        """Be in *state*: end the duties of the last one, and begin those of this one."""
        self.state = state
        for index, term in enumerate(self.terms):
            if term.is_running and state not in self.duties[term.duty].in_:
                self.terms[index] = replace(term, ended=fact.day)
        running = {term.duty for term in self.terms if term.is_running}
        for key, duty in self.duties.items():
            own = key not in {"dispatch", "third-party", "co-agency"}
            if own and state in duty.in_ and key not in running:
                self._start(key, fact)

    def _start(self, key: str, fact: Fact, *, about: int = 0) -> None:
        who = self.duties[key].who
        day, deadline = fact.until, None
        if key in {"third-party", "co-agency", "payment"}:
            deadline = self._window(fact)
        elif key == "examine" and limit_of(self.duties[key].limit, self.book).values.get(fact.day):
            deadline = due(self.duties[key].limit, fact.day, book=self.book, days=self.days)
        if deadline:
            day = deadline.day
        self.terms.append(Term(key, who, fact.day, day, about, deadline=deadline))

    def _end(self, day: date, *, about: int) -> None:
        for index, term in enumerate(self.terms):
            if term.about == about and about and term.is_running:
                self.terms[index] = replace(term, ended=day)

    # -- the outcome ---------------------------------------------------------------------------------

    def course(self) -> Course:
        if not self.state:
            raise errors.NothingReceived
        deadline = self._deadline()
        if self.rounds[-1].decided is None:
            self._now(due=deadline)
        paused = sum(map(self.days.is_workday, self.clock.skipped)) if self.clock else 0
        self._now(paused=paused)
        terms = tuple(self._dated(term) for term in self.terms)
        today = self.facts[-1].day
        barred = {
            key: str(why) for key in conditions(self.book) if (why := self._barred(key, today))
        }
        running = [term.about for term in terms if term.is_running and term.about]
        allowed = [key for key in self.acts if self._may_follow(key)]
        return Course(self.state, tuple(self.rounds), terms, tuple(allowed), barred, tuple(running))

    def _dated(self, term: Term) -> Term:
        """Return *term* with the day that follows from everything that happened."""
        if term.duty not in {"reply", "deliver"}:
            return term
        number = sum(1 for one in self.rounds[1:] if one.started <= term.started)
        deadline = self.rounds[number].due
        return replace(term, due=deadline.day if deadline else None, deadline=deadline)

    def _may_follow(self, key: str) -> bool:
        act = self.acts[key]
        if self.state not in act.from_ or self._lawful(key):
            return False
        if not act.answers or act.to:
            return True
        asked = (one for one in self._of_round() if one.act in act.answers)
        return any(not self._answer(one, key) for one in asked)

    # -- small questions -----------------------------------------------------------------------------

    @property
    def _label(self) -> str:
        return states(self.book)[self.state].label

    def _hint(self) -> str:
        titles = [act.title for key, act in self.acts.items() if self._may_follow(key)]
        return f"现在可以：{'、'.join(titles)}。" if titles else ""

    def _of_round(self) -> list[Fact]:
        """Return what has happened since the round began."""
        start = max((n for n, one in enumerate(self.done) if one.act == "renew"), default=-1)
        return self.done[start + 1 :]

    def _answer(self, fact: Fact, act: str) -> Fact | None:
        """Return the fact by which *act* answers *fact*, also where it does not say so itself."""
        for answer in self.answers.get(fact.key, ()) if fact.key else ():
            if answer.act == act:
                return answer
        if act in {"serve", "opinion", "report"}:
            return None
        here = self.facts.index(fact)
        for later in self.facts[here + 1 :]:
            if later.act in {fact.act, "renew"}:
                return None
            if later.act == act and later.about is None:
                return later
        return None

    def _open_consultation(self, fact: Fact) -> date | None:
        """Return the last day for the opinion that *fact* asks for, while there is none."""
        if fact.act != "consult" or any(
            one.act == "opinion" and one.about == fact.key for one in self.done
        ):
            return None
        return self._limit_of(fact) or date.max

    def _must_have(self, fact: Fact, name: str, what: str) -> None:
        if getattr(fact, name) is None:
            raise errors.NoDay(act=self.acts[fact.act].title, what=what)

    def _until_after(self, fact: Fact) -> None:
        if fact.until is not None and fact.until < fact.day:
            raise errors.UntilPassed(act=self.acts[fact.act].title, until=fact.until, day=fact.day)

    def _now(self, **changes: object) -> None:
        if "decided" in changes:
            changes["due"] = self._deadline()
        self.rounds[-1] = replace(self.rounds[-1], **changes)  # type: ignore[arg-type]  # fields of Round
