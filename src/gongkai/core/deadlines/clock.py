"""The clock of an application: when the reply is due, whatever happened on the way."""

from collections.abc import Iterable
from datetime import date, timedelta

from gongkai.core.deadlines import errors
from gongkai.core.deadlines.counting import begins, due, ends, in_order, moved_days, prolongation
from gongkai.core.deadlines.deadline import Deadline, Step
from gongkai.core.deadlines.events import (
    Consultation,
    Delay,
    Event,
    Extension,
    FeeNotice,
    Supplement,
    Whom,
)
from gongkai.core.deadlines.limits import convention, limit_of
from gongkai.core.deadlines.receipt import Receipt
from gongkai.core.rulebook import Provision, Rulebook, national
from gongkai.core.workdays import AnnouncedCalendar, calendar

REPLY = "application.reply"


def reply(
    received: date | Receipt,
    events: Iterable[Event] = (),
    *,
    book: Rulebook | None = None,
    days: AnnouncedCalendar | None = None,
) -> Deadline:
    """Return the day by which an application must be answered.

    The law of the day of receipt applies from beginning to end.

    Args:
        received: The day of receipt, or what :func:`receive` made of the channel.
        events: What happened on the way, in any order.
        book: The law data; the national one where left out.
        days: The calendar; all notices of *book* where left out.

    Raises:
        EventRefused: An event came too late, out of order, twice, or was unknown to that law.
    """
    clock = Clock(received, book=book, days=days)
    for event in sorted(events, key=lambda event: event.day):
        clock.tell(event)
    return clock.deadline()


class Clock:
    """The running clock of one application; told of events in order, it knows the last day."""

    def __init__(
        self,
        received: date | Receipt,
        *,
        book: Rulebook | None = None,
        days: AnnouncedCalendar | None = None,
    ) -> None:
        self.book = book or national()
        self.days = days or calendar(self.book)
        self.law = limit_of(REPLY, self.book)
        self.received = received.day if isinstance(received, Receipt) else received
        self.provision = self.law.values.on(self.received)
        self.start = self.received
        self.count = self.base = int(self.provision.value)
        self.skipped: set[date] = set()
        self.asked: date | None = None
        self.extended = False
        self.until: Step | None = None
        receipt = [received.step] if isinstance(received, Receipt) else []
        self.steps = [*receipt, begins(self.law, self.received, self.book)]

    @property
    def last(self) -> date:
        """The last day on which a reply is in time, as things stand."""
        return self.until.day if self.until else self._counted()[-1]

    def tell(self, event: Event) -> None:
        """Let *event* act on the clock.

        Raises:
            EventRefused: The law does not allow it, or its dates contradict each other.
        """
        if event.day < self.start:
            raise errors.BeforeReceipt(event=event.name, day=event.day, start=self.start)
        match event:
            case Extension():
                self._extend(event)
            case Supplement():
                self._supplement(event)
            case _ if event.day > self.last:
                raise errors.TooLate(event=event.name, day=event.day, limit=self.last)
            case Consultation():
                self._consult(event)
            case FeeNotice():
                self._charge(event)
            case Delay():
                self._delay(event)

    def deadline(self) -> Deadline:
        """Return the last day as things stand, with its steps."""
        counted = self._counted()
        if self.until:
            counted, final = (), [self.until]
        else:
            final = [*moved_days(self.days, counted), self._end(counted[-1])]
        last = final[-1].day
        return Deadline(
            day=last,
            provisional=self.days.provisional_between(self.start + timedelta(days=1), last),
            steps=in_order(*self.steps, *final),
            counted=counted,
        )

    def _counted(self) -> tuple[date, ...]:
        return self.days.days(self.start, self.count, skipping=self.skipped)

    def _end(self, last: date) -> Step:
        return ends(self.law, self.provision, last, self.count)

    def _effect(self, key: str) -> Provision[str]:
        effect = convention(f"effects.{key}", self.book)
        provision = effect.values.get(self.received)
        if provision is None:
            raise errors.NotInThatLaw(day=self.received, title=effect.title, hint=effect.note)
        return Provision(
            provision.since, effect.title, provision.reference, confirmed=provision.confirmed
        )

    def _window(self, key: str, start: date) -> Deadline:
        """Return a limit within the procedure, by the law of the day of receipt."""
        return due(f"application.{key}", start, law=self.received, book=self.book, days=self.days)

    def _restart(self, day: date, effect: Provision[str]) -> None:
        # an opinion that is still waited for goes on not to count
        self.skipped = {skipped for skipped in self.skipped if skipped > day}
        self.start, self.count, self.until = day, self.base, None
        text = f"{effect.value}；{convention('counting.start', self.book).title}"
        self.steps.append(Step(day, text, effect.reference, effect.confirmed))

    def _supplement(self, event: Supplement) -> None:
        effect = self._effect("supplement")
        if self.asked:
            raise errors.AlreadyAskedToSupplement(day=self.asked)
        self.asked = event.day
        if event.notified:
            notice = self._window("supplement-notice", self.received)
            if event.notified > notice.day:
                raise errors.TooLateToAskForSupplement(limit=notice.day, day=event.notified)
            text = f"一次性告知补正（期限到{notice.day}）"
            self.steps.append(Step(event.notified, text, notice.steps[-1].reference))
        if event.received is None:
            raise errors.AwaitingSupplement(day=event.day)
        if event.received < event.day:
            raise errors.WrongOrder(
                later="收到补正", last=event.received, earlier="告知补正", first=event.day
            )
        self._restart(event.received, effect)

    def _consult(self, event: Consultation) -> None:
        effect = self._effect(event.whom)
        delivered = event.delivered or event.sent
        for name, day in (("送达征求意见书", delivered), ("收到意见", event.answered)):
            if day and day < event.sent:
                raise errors.WrongOrder(
                    later=name, last=day, earlier="发出征求意见书", first=event.sent
                )
        over = self._consultation_ends(event, delivered)
        end = over[0].day
        working = self.days.between(event.sent, end)  # refuses a day outside the calendar
        self.skipped |= {event.sent + timedelta(n) for n in range(1, (end - event.sent).days + 1)}
        text = f"{effect.value}（{event.sent}之后至{end}，共{working}个工作日）"
        self.steps += [
            Step(event.sent, f"发出征求意见书，{event.name}"),
            *over,
            Step(end, text, effect.reference, effect.confirmed),
        ]

    def _consultation_ends(self, event: Consultation, delivered: date) -> list[Step]:
        """Return the steps with which the consultation is over; the first one has its last day."""
        answered = Step(event.answered, f"收到{event.whom.chinese}意见") if event.answered else None
        limit = limit_of(f"application.{event.whom}", self.book)
        if limit.values.get(self.received) is None:
            if answered is None:
                raise errors.AwaitingThirdParty(day=event.sent)
            return [answered]
        window = self._window(event.whom, delivered)
        if answered and answered.day <= window.day:
            return [answered]
        silent = (
            f"{event.whom.chinese}到期没有答复"
            if event.whom is Whom.THIRD_PARTY
            else "到期没有答复"
        )
        if event.delivered is None:
            silent += "；没有登记送达，先从发出之日起算"
        _, *lapse = window.steps[-2:]
        return [
            Step(window.day, silent, window.steps[-2].reference, window.steps[-2].confirmed),
            *lapse,
        ]

    def _charge(self, event: FeeNotice) -> None:
        effect = self._effect("payment")
        window = self._window("fee-payment", event.notified)
        if event.paid is None:
            raise errors.AwaitingPayment(day=event.notified, limit=window.day)
        if event.paid < event.day:
            raise errors.WrongOrder(
                later="缴费", last=event.paid, earlier="发出收费通知", first=event.day
            )
        if event.paid > window.day:
            raise errors.PaidTooLate(limit=window.day, day=event.paid)
        text = f"申请人收到收费通知（缴费期限到{window.day}）"
        self.steps.append(Step(event.notified, text, window.steps[-1].reference))
        self._restart(event.paid, effect)

    def _extend(self, event: Extension) -> None:
        if self.extended:
            raise errors.AlreadyExtended
        if self.until:
            raise errors.AlreadyDelayed(until=self.until.day)
        if event.working_days < 1:
            raise errors.NoExtension
        if event.notified and event.notified > self.last:
            raise errors.TooLateToExtend(limit=self.last, day=event.notified)
        if event.notified and event.approved and event.approved > event.notified:
            raise errors.ApprovedTooLate(approved=event.approved, day=event.notified)
        (step,) = prolongation(self.law, self.received, event.working_days, self.base)
        told = event.notified or self.last
        text = f"经批准并告知申请人，{step.text}" if event.notified else step.text
        self.steps.append(Step(told, text, step.reference, step.confirmed))
        self.count += event.working_days
        self.extended = True

    def _delay(self, event: Delay) -> None:
        effect = self._effect("delay")
        if event.until <= self.last:
            raise errors.DelayTooShort(until=event.until, limit=self.last)
        self.steps.append(Step(event.notified, "认定理由合理，告知申请人延迟答复的期限"))
        self.until = Step(event.until, effect.value, effect.reference, effect.confirmed)
