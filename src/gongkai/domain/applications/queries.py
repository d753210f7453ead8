"""Questions about applications."""

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.domain.applications.models import Application, Term, Wording
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.sealing import fingerprints

HANDLERS = ("clerk", "head", "office")
"""Roles whose holders may be given a case."""


def owed_by_desk(organisations: list[int]) -> QuerySet[Term]:
    """Return what is owed at the desks of *organisations*, the most urgent first."""
    return (
        Term.objects.running()
        .filter(organisation__in=organisations)
        .select_related("application", "application__organisation", "organisation", "person")
        .order_by("due", "pk")
    )


def given_units(application: Application) -> QuerySet[Organisation]:
    """Return the units to which *application* was given; what was struck was not."""
    facts = application.facts.filter(act="dispatch").exclude(answers__act=STRIKE)
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=facts.values("unit"))
    return found.order_by("path")


def colleagues(application: Application, unit: Organisation | None = None) -> QuerySet[User]:
    """Return who may be given *application*: whoever works at the office today, or in a unit it was given to.

    With *unit* only those who work there.
    """
    posts = Post.objects.held_on().filter(role__in=HANDLERS)
    at_office = Q(organisation=application.organisation_id)
    there = (
        Q(organisation=unit) if unit else at_office | Q(organisation__in=given_units(application))
    )
    users = posts.filter(there).values("user")
    return User.objects.filter(is_active=True, pk__in=users).order_by("username")


def wordings_of(organisation: Organisation) -> QuerySet[Wording]:
    """Return the recurring texts of *organisation* and of those above it, its own first."""
    paths = [str(organisation.path), *organisation.ancestor_paths]
    return (
        Wording.objects.filter(organisation__path__in=paths)
        .select_related("organisation")
        .order_by("-organisation__depth", "ground", "title", "pk")
    )


def overdue(day: date | None = None) -> QuerySet[Term]:
    """Return what offices and units owe and is late on *day*."""
    return Term.objects.overdue(day or clock.today()).filter(who__in=("office", "unit"))


def of_same_person(application: Application) -> QuerySet[Application]:
    """Return the other applications of whoever has the same document number or telephone."""
    same = Q(pk__in=[])
    if application.document_number:
        same |= Q(document_mark__in=fingerprints(application.document_number))
    if application.telephone:
        same |= Q(telephone_mark__in=fingerprints(application.telephone))
    return Application.objects.filter(same).exclude(pk=application.pk).order_by("-pk")
