"""The applicant follows a case: known by number and secret code, and by nothing else."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.backends.base import SessionBase

from gongkai.core import lifecycle
from gongkai.core.deadlines import Deadline
from gongkai.core.lifecycle import Course, Term
from gongkai.core.rulebook import Reference
from gongkai.domain.applications.courses import course_of, standing
from gongkai.domain.applications.models import Application, Document, Fact, Letter
from gongkai.domain.applications.numbering import CODE_LENGTH, fits, mark_of
from gongkai.domain.applications.portal.errors import NoSuchCase
from gongkai.domain.applications.publication import given_out
from gongkai.foundation import clock
from gongkai.foundation.citizens.models import Citizen

SESSION = "apply.case"
MINUTES = 30
"""After that long without a click the code is asked for again."""
LONGEST = 40
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the history."""

    day: date
    text: str
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that an applicant sees of a case."""

    application: Application
    course: Course
    history: list[Happening]
    owed: list[tuple[str, Term]]
    """What the applicant has to do, with its title."""
    asked: dict[str, Fact]
    """By the key of the act that answers: the fact that waits for it."""
    letters: list[Letter]
    documents: list[Document]

    @property
    def state(self) -> lifecycle.State:
        """Return what the data say about the state."""
        return lifecycle.states()[self.course.state]

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether the applicant took it back: nobody answers then."""
        return self.course.current.grounds == (WITHDRAWN,)

    @property
    def waits_until(self) -> Deadline | None:
        """Return the last day for a reply while one is waited for."""
        return None if self.course.current.decided else self.course.due

    @property
    def is_untold(self) -> bool:
        """Tell whether a letter that says what is wanted of the applicant has not gone out here."""
        told = {letter.fact_id for letter in self.letters}
        return any(fact.pk not in told for fact in self.asked.values())

    def may(self, act: str) -> bool:
        """Tell whether the applicant may do *act* now."""
        return act in self.course.allowed


def recognise(number: str, code: str) -> Application:
    """Return the application with that number and code.

    A number that does not exist costs the same work as a wrong code.

    Raises:
        NoSuchCase: There is none; which of the two is wrong is not said.
    """
    number = number.strip()[:LONGEST]
    found = Application.objects.filter(number=number).first()
    mark = found.code_mark if found else mark_of(number, "2" * CODE_LENGTH)
    right = fits(number, code[:LONGEST], mark)
    if found is None or not right:
        raise NoSuchCase
    return found


def enter(session: SessionBase, application: Application) -> None:
    """Let the session follow *application*; it gets a new name, so that nobody else shares it."""
    session.cycle_key()
    session[SESSION] = [application.pk, int(clock.now().timestamp()), _seal_of(application)]


def leave(session: SessionBase) -> None:
    """Follow nothing any more."""
    session.pop(SESSION, None)


def followed(session: SessionBase) -> Application | None:
    """Return what the session follows, if somebody was there within half an hour and the code is still the same."""
    key, seen, seal = session.get(SESSION, (None, 0, ""))
    now = int(clock.now().timestamp())
    if key is None or not 0 <= now - seen <= MINUTES * 60:
        return None
    found = Application.objects.select_related("organisation").filter(pk=key).first()
    if found is None or _seal_of(found) != seal:
        return None
    session[SESSION] = [key, now, seal]
    return found


def _seal_of(application: Application) -> str:
    """Return what changes with the secret code: whoever has the new one throws everybody else out."""
    return hashlib.sha256(application.code_mark.encode()).hexdigest()[:16]


def keep(application: Application, citizen: Citizen) -> None:
    """Let *application* stand in the list of *citizen*, who has shown its code or has just applied."""
    Application.objects.filter(pk=application.pk).update(account=citizen)


def story(application: Application) -> Story:
    """Return what the applicant sees."""
    facts = standing(application.facts.order_by("day", "pk"))
    course = course_of(application)
    acts = lifecycle.acts()
    asked = {}
    for key, act in acts.items():
        if act.who == "applicant" and act.answers and key in course.allowed:
            answered = {fact.about_id for fact in facts if fact.act == key}
            open_ = [f for f in facts if f.act in act.answers and f.pk not in answered]
            if open_:
                asked[key] = open_[-1]
    shown = [fact for fact in facts if acts[fact.act].public]
    return Story(
        application=application,
        course=course,
        history=[Happening(f.day, acts[f.act].public, acts[f.act].reference) for f in shown],
        owed=[
            (lifecycle.duties()[term.duty].title, term)
            for term in course.running
            if term.who == "applicant"
        ],
        asked=asked,
        letters=list(
            application.letters.to_applicant()
            .select_related("pdf", "docx")
            .order_by("-issued", "-pk")
        ),
        documents=given_out(application),
    )
