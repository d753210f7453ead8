"""Who signs: the chains of an organisation, for each importance, and what lies below it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.domain.organisations.policies import fetch as fetch_organisation
from gongkai.domain.review import policies
from gongkai.domain.review.actions import SigningStep, set_chain
from gongkai.domain.review.models import Chain, Importance, SigningTask
from gongkai.foundation.accounts.models import User
from gongkai.foundation.desk.forms import PickManyInput, RowsField
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import roles

MOST_STEPS = 6
PEOPLE = ("signers", "deputies")
SIGNING_ROLES = ("head", "office", "secrecy", "leader")
HOME = Crumb("审查和签批", "/desk/reviews/")
CHAINS = Crumb("审批流程", "/desk/reviews/chains/")
PUBLISHER = "publisher"
"""Instead of the key of an organisation: whichever publishes."""


class ChainsView(DeskView):
    """The chains in use, by organisation."""

    act = "review.chain"
    title = "审批流程"
    template_name = "review/chains.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the chains by organisation; those of one's own place first, also where there are none yet."""
        own = [s.unit for s in self.reader.standings if self.reader.may(self.act, s.path)]
        chains = (
            policies.chains_visible_to(self.reader)
            .active()
            .select_related("organisation")
            .order_by("organisation__path")
        )
        places = {o.pk: o for o in Organisation.objects.filter(pk__in=own)}
        found: dict[int, dict[str, Chain]] = {pk: {} for pk in places}
        for chain in chains:
            places.setdefault(chain.organisation_id, chain.organisation)
            found.setdefault(chain.organisation_id, {})[chain.importance] = chain
        return super().get_context_data(
            places=[
                {
                    "organisation": places[pk],
                    "rows": [
                        {
                            "importance": importance,
                            "chain": by.get(importance.value),
                            "steps": by[importance.value].steps if importance.value in by else [],
                        }
                        for importance in Importance
                    ],
                }
                for pk, by in found.items()
            ],
            **kwargs,
        )


class StepForm(forms.Form):
    """A step of a chain."""

    use_required_attribute = False

    title = forms.CharField(label="环节名称", max_length=100, required=False)
    role = forms.ChoiceField(label="由谁签署", required=False)
    place = forms.ChoiceField(label="在哪个机构", required=False)
    signers = RowsField(
        label="指定人员",
        queryset=User.objects.none(),
        required=False,
        help_text="不选的，这个岗位上的人都可以签。",
        widget=PickManyInput(nothing="这里还没有人在签批的岗位上"),
    )
    deputies = RowsField(
        label="代签人员",
        queryset=User.objects.none(),
        required=False,
        help_text="本人不在时可以代签的人。",
        widget=PickManyInput(nothing="这里还没有人在签批的岗位上"),
    )
    due_days = forms.IntegerField(
        label="办理时限（工作日）", min_value=1, max_value=60, required=False
    )

    def __init__(self, *args: Any, places: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [("", "不用这个环节")] + [
            (key, roles()[key].title) for key in SIGNING_ROLES
        ]
        fields["place"].choices = [(PUBLISHER, "发布信息的机构")] + [
            (str(place.pk), place.name) for place in places
        ]
        people = people_of(places)
        for name, field in fields.items():
            if name in PEOPLE:
                field.queryset = people
            else:
                # a step may be left out altogether: 选填 would stand at everything
                field.template_name = "desk/field_plain.html"

    def clean(self) -> dict[str, Any]:
        """A step that is used needs a name."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("role") and not (told.get("title") or "").strip():
            self.add_error("title", "请填写环节名称，例如“办公室主任”。")
        if told.get("title") and not told.get("role"):
            self.add_error("role", "请选择由谁签署；不用这个环节的，请清空环节名称。")
        return told


def people_of(places: Sequence[Organisation]) -> QuerySet[User]:
    """Return those who hold a signing role in *places* today."""
    posts = Post.objects.held_on().filter(organisation__in=places, role__in=SIGNING_ROLES)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return found.order_by("name")


class ChainView(DeskView):
    """Set the steps of one chain."""

    act = "review.chain"
    template_name = "review/chain.html"
    crumbs = (HOME, CHAINS)

    @cached_property
    def organisation(self) -> Organisation:
        """Return whose chain it is."""
        found: Organisation = fetch_organisation(self.reader, self.kwargs["organisation"])
        self.reader.must(self.act, str(found.path))
        return found

    @cached_property
    def importance(self) -> Importance:
        """Return for what."""
        if self.kwargs["importance"] not in Importance.values:
            raise Http404
        return Importance(self.kwargs["importance"])

    @cached_property
    def chain(self) -> Chain | None:
        """Return the chain in use."""
        return (
            Chain.objects.active()
            .filter(organisation=self.organisation, importance=self.importance)
            .first()
        )

    def get_title(self) -> str:
        """Return what is set."""
        return f"{self.organisation} · {self.importance.label}信息的审批流程"

    def _forms(self, data: Any = None) -> list[StepForm]:
        above = Organisation.objects.filter(path__in=self.organisation.ancestor_paths)
        places = [self.organisation, *reversed(list(above))]
        steps = self.chain.steps if self.chain else []
        return [
            StepForm(
                data,
                prefix=f"step-{number}",
                initial=_initial(steps[number]) if number < len(steps) else {},
                places=places,
            )
            for number in range(MOST_STEPS)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a form for each step, some of them blank."""
        kwargs.setdefault("steps", self._forms())
        open_count = self.chain.reviews.open().count() if self.chain else 0
        return super().get_context_data(
            chain=self.chain,
            open_count=open_count,
            back=reverse("review:chains"),
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Put the steps in the place of those before."""
        steps = self._forms(request.POST)
        refused = ""
        wrong = [form for form in steps if not form.is_valid()]
        if not wrong:
            try:
                told = list(_steps(steps))
                set_chain(self.organisation, self.importance, told, by=self.reader)
            except Refusal as refusal:
                refused = str(refusal)
            else:
                messages.success(request, "审批流程已设置，以后送审的信息按它办理。")
                return HttpResponseRedirect(reverse("review:chains"))
        context = self.get_context_data(steps=steps, refused=refused)
        return self.render_to_response(context, status=422)


def _initial(task: SigningTask) -> dict[str, Any]:
    return {
        "title": task.name,
        "role": task.role,
        "place": str(task.organisation_id) if task.organisation_id else PUBLISHER,
        "signers": [person.pk for person in task.signers.all()],
        "deputies": [person.pk for person in task.deputies.all()],
        "due_days": task.due_days,
    }


def _steps(steps: Sequence[StepForm]) -> Iterator[SigningStep]:
    for form in steps:
        told = form.cleaned_data
        if not told["role"]:
            continue
        place = told["place"]
        yield SigningStep(
            title=told["title"].strip(),
            role=told["role"],
            organisation=None if place == PUBLISHER else Organisation.objects.get(pk=place),
            due_days=told["due_days"],
            signers=list(told["signers"]),
            deputies=list(told["deputies"]),
        )
