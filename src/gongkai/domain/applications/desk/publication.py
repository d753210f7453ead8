"""What was asked for and might be published: the list, and the page where somebody decides."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.core import codes
from gongkai.core.lifecycle import occasions
from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import accept_publication, decline_publication
from gongkai.domain.applications.actions.publication import Chosen
from gongkai.domain.applications.desk.case import HOME, PartOfCase
from gongkai.domain.applications.models import Application, PublicationProposal, Verdict
from gongkai.domain.applications.publication import Released, released_by
from gongkai.domain.directory.models import Column
from gongkai.domain.information import policies as information
from gongkai.domain.information.desk.choices import column_choices
from gongkai.foundation.desk.keyset import Capped, capped, slice_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader

LIST = Crumb("转主动公开", "/desk/applications/publication/")
CHIPS = (("open", "待研究"), ("accepted", "已采纳"), ("declined", "不采纳"))
MOST = 99
WAITING = Q(verdict=Verdict.OPEN) | Q(verdict=Verdict.ACCEPTED, item=None)
"""Nobody has decided, or the draft was thrown away."""


def proposals_of(reader: Reader) -> QuerySet[PublicationProposal]:
    """Return the proposals on which *reader* may decide."""
    return PublicationProposal.objects.filter(
        reader.reach(policies.PUBLISH).q("organisation__path")
    )


def in_verdict(rows: QuerySet[PublicationProposal], verdict: str) -> QuerySet[PublicationProposal]:
    """Keep those of *rows* with that verdict."""
    if verdict == Verdict.OPEN:
        return rows.filter(WAITING)
    return rows.filter(verdict=verdict).exclude(WAITING)


class PublicationListView(DeskView):
    """All proposals within reach, by what became of them."""

    act = policies.PUBLISH
    title = "转主动公开"
    subtitle = "依申请提供过的信息、几个人都要过的信息、申请人建议公开的信息，研究要不要主动公开"
    crumbs = (HOME,)
    template_name = "applications/publication_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of them."""
        asked = self.request.GET.get("verdict", "")
        verdict = asked if asked in Verdict.values else Verdict.OPEN.value
        rows = in_verdict(proposals_of(self.reader), verdict)
        part = slice_of(self.request, rows)
        found = PublicationProposal.objects.select_related(
            "application", "organisation", "item"
        ).in_bulk(part.keys)
        return super().get_context_data(
            rows=[row_of(found[key]) for key in part.keys if key in found],
            slice=part,
            verdict=verdict,
            chips=CHIPS,
            reference=occasions()["several"].reference,
            **kwargs,
        )


def row_of(proposal: PublicationProposal) -> dict[str, Any]:
    """Return what the list and the page of the case show of *proposal*."""
    outcome, item = proposal.application.outcome, proposal.item
    return {
        "proposal": proposal,
        "case": proposal.application,
        "why": proposal.why,
        "outcome": codes.ground(outcome).label if outcome else "",
        "item": item,
        "gone": proposal.verdict == Verdict.ACCEPTED and item is None,
        "href": reverse("applications:publication", args=[proposal.application_id]),
    }


class PublishForm(forms.Form):
    """What the draft is called, where it stands and which files go with it. Nothing is filled in from the case."""

    use_required_attribute = False

    title = forms.CharField(
        label="标题",
        max_length=300,
        help_text="写成公开信息的标题。申请的原话和申请人的情况不会带过来，也请不要写进去。",
    )
    column = forms.ChoiceField(label="栏目", required=False)
    looked = forms.BooleanField(
        label="附件都看过了，没有能看出申请人是谁的内容，也没有别人的个人信息"
    )

    def __init__(
        self, *args: Any, case: Application, released: list[Released], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.released = case, released
        self.fields["column"].choices = column_choices(case.organisation_id, "以后再选")  # type: ignore[attr-defined]  # a choice field
        has_public = any(each.for_public for each in released)
        for place, each in enumerate(released, start=1):
            key = each.document.pk
            wanted = each.for_public or not (has_public or each.named)
            self.fields[f"take-{key}"] = forms.BooleanField(
                label=str(each.document.title), required=False, initial=wanted
            )
            self.fields[f"name-{key}"] = forms.CharField(
                label="公开以后的附件名称", required=False, max_length=200, initial=f"附件{place}"
            )
        if not released:
            del self.fields["looked"]

    def rows(self) -> list[dict[str, Any]]:
        """Return the files with their fields."""
        return [
            {
                "file": each,
                "take": self[f"take-{each.document.pk}"],
                "name": self[f"name-{each.document.pk}"],
            }
            for each in self.released
        ]

    def chosen(self) -> list[Chosen]:
        """Return the files that were ticked."""
        told = self.cleaned_data
        keys = [each.document.pk for each in self.released]
        return [Chosen(key, told[f"name-{key}"]) for key in keys if told[f"take-{key}"]]

    def chosen_column(self) -> Column | None:
        """Return the column."""
        key = self.cleaned_data["column"]
        return (
            Column.objects.filter(pk=key, organisation=self.case.organisation).first()
            if key
            else None
        )


class DeclineForm(forms.Form):
    """Why it stays at the answer."""

    use_required_attribute = False

    reason = forms.CharField(
        label="不采纳的理由",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="申请人建议过的，会在查询页上看到这条理由。",
    )


class PublicationScreen(PartOfCase):
    """A screen about publishing what a case gave out."""

    act = policies.PUBLISH
    title = "转为主动公开"
    template_name = "applications/publication.html"

    def must_be_allowed(self) -> None:
        """Look first: for whoever may not decide there is nothing here."""
        if not policies.may(self.reader, policies.PUBLISH, self.application):
            raise NotThere(what="这件申请")

    @cached_property
    def released(self) -> list[Released]:
        """Return what went out."""
        return released_by(self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what speaks for it, and the forms."""
        self.must_be_allowed()
        row = self.application
        proposal = (
            PublicationProposal.objects.filter(application=row).select_related("item").first()
        )
        if "form" not in kwargs:
            kwargs["form"] = PublishForm(case=row, released=self.released)
        kwargs.setdefault("decline", DeclineForm(prefix="no"))
        return super().get_context_data(
            told=row_of(proposal) if proposal else None,
            is_waiting=proposal is None or proposal.is_waiting,
            reference=occasions()["several"].reference,
            **kwargs,
        )


class PublicationView(PublicationScreen):
    """The page, and taking it up."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Begin the draft and lead to its form."""
        self.must_be_allowed()
        row = self.application
        form = PublishForm(request.POST, case=row, released=self.released)
        if form.is_valid():
            try:
                item = accept_publication(
                    row,
                    by=self.reader,
                    title=form.cleaned_data["title"],
                    files=form.chosen(),
                    column=form.chosen_column(),
                )
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "已经拟好草稿，补充正文以后按一般信息送审。")
                return HttpResponseRedirect(reverse("information:edit", args=[item.pk]))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DeclineView(PublicationScreen):
    """Leaving it at the answer."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead to the page with both forms."""
        self.must_be_allowed()
        return HttpResponseRedirect(reverse("applications:publication", args=[self.application.pk]))

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Note it down."""
        self.must_be_allowed()
        form = DeclineForm(request.POST, prefix="no")
        if form.is_valid():
            try:
                decline_publication(
                    self.application, by=self.reader, reason=form.cleaned_data["reason"]
                )
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "已记为不转主动公开。")
                return HttpResponseRedirect(self.application.get_absolute_url())
        return self.render_to_response(self.get_context_data(decline=form), status=422)


def publication_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return what the page of a case says of publishing what it gave out."""
    rows = PublicationProposal.objects.select_related("item", "application", "by")
    proposal = rows.filter(application=application).first()
    may = policies.may(reader, policies.PUBLISH, application)
    if proposal is None and not (may and application.decided and released_by(application)):
        return None
    told = row_of(proposal) if proposal else {}
    item = proposal.item if proposal else None
    return {
        **told,
        "may": may and (proposal is None or proposal.is_waiting),
        "decide": reverse("applications:publication", args=[application.pk]),
        "sees_item": item is not None
        and information.visible_to(reader).filter(pk=item.pk).exists(),
    }


def waiting(reader: Reader) -> Capped | None:
    """Return how many proposals wait for somebody to decide, counted as far as a button shows it."""
    if not reader.may(policies.PUBLISH):
        return None
    return capped(proposals_of(reader).filter(WAITING), MOST)
