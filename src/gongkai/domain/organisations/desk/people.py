"""People and their posts."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.domain.organisations import actions, policies
from gongkai.domain.organisations.desk import forms
from gongkai.domain.organisations.desk.one import ActionScreen
from gongkai.domain.organisations.models import Post
from gongkai.domain.organisations.models.post import role_choices
from gongkai.foundation.accounts.models import User
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotThere, acts, behind, roles
from gongkai.foundation.permissions.acts import EXTENTS
from gongkai.foundation.permissions.guard import reader_of

PEOPLE = "organisations.people"
APPOINT = "organisations.appoint"
HOME = Crumb("人员", "/desk/organisations/people/")


class PeopleView(DeskView):
    """Everybody within reach, with the posts of today."""

    act = PEOPLE
    title = "人员"
    template_name = "organisations/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of people."""
        text, role = (self.request.GET.get(key, "").strip() for key in ("q", "role"))
        held = policies.posts_visible_to(self.reader) & Post.objects.held_on()
        people = policies.people_visible_to(self.reader)
        if text:
            people = people.filter(
                Q(name__icontains=text)
                | Q(username__icontains=text)
                | Q(pk__in=held.filter(organisation__name__icontains=text).values("user"))
            )
        if role:
            people = people.filter(pk__in=held.filter(role=role).values("user"))
        people = people.prefetch_related(Prefetch("posts", held, to_attr="held"))
        return super().get_context_data(
            page=page_of(self.request, people),
            query={"q": text, "role": role},
            roles=role_choices(),
            **kwargs,
        )


class PersonScreen(DeskView):
    """A screen about one person."""

    @cached_property
    def person(self) -> User:
        """Return them."""
        return policies.fetch_person(self.reader, self.kwargs["key"])

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way."""
        return [HOME]

    @property
    def page(self) -> str:
        """Return their page's address."""
        return reverse("organisations:person", args=[self.person.pk])


class PersonView(PersonScreen):
    """One person with posts present and past."""

    act = PEOPLE
    template_name = "organisations/person.html"

    def get_title(self) -> str:
        """Return the name."""
        return str(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the posts within reach."""
        posts = policies.posts_visible_to(self.reader).filter(user=self.person).order_by("-since")
        reach = self.reader.reach(APPOINT)
        return super().get_context_data(
            person=self.person,
            posts=[(post, reach.covers(str(post.organisation.path))) for post in posts],
            may_appoint=bool(reach),
            **kwargs,
        )


class PersonAction(PersonScreen, FormView):
    """A form that does one thing to one person."""

    act = APPOINT

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the person."""
        return [HOME, Crumb(str(self.person), self.page)]

    def get_back(self) -> str:
        """Lead back to their page."""
        return self.page


class EngageView(ActionScreen):
    """A new account in this organisation."""

    act = APPOINT
    title = "新增人员"
    form_class = forms.EngageForm
    submit = "开通账号"
    done = "账号已开通。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Make the account with its first post, both or neither."""
        role, since = data.pop("role"), data.pop("since")
        with transaction.atomic():
            user = actions.engage(organisation=self.organisation, by=self.reader, **data)
            actions.appoint(
                user, organisation=self.organisation, role=role, since=since, by=self.reader
            )
        return reverse("organisations:person", args=[user.pk])


class AppointView(PersonAction):
    """A further post."""

    title = "增加任职"
    form_class = forms.AppointForm
    submit = "任职"
    done = "已任职。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {"reader": self.reader}

    def act_on(self, data: dict[str, Any]) -> str:
        """Appoint."""
        actions.appoint(self.person, by=self.reader, **data)
        return self.page


class RelieveView(PersonAction):
    """The end of a post."""

    title = "离任"
    form_class = forms.RelieveForm
    submit = "确认离任"
    done = "已登记离任。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Relieve."""
        posts = policies.posts_visible_to(self.reader).filter(user=self.person)
        post = posts.filter(pk=self.kwargs["post"]).first()
        if post is None:
            raise NotThere(what="这个岗位")
        actions.relieve(post, by=self.reader, **data)
        return self.page


class PasswordView(PersonAction):
    """A new password."""

    title = "重设密码"
    form_class = forms.PasswordForm
    submit = "重设密码"
    done = "密码已重设，该账号在其他地方的登录已失效。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Set it."""
        actions.set_password(self.person, by=self.reader, **data)
        return self.page


class SuspendView(PersonAction):
    """Shut out."""

    title = "停用账号"
    form_class = forms.SuspendForm
    submit = "停用"
    done = "账号已停用。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Suspend."""
        actions.suspend(self.person, by=self.reader, **data)
        return self.page


@behind(APPOINT)
@require_POST
def restore(request: HttpRequest, key: int) -> HttpResponse:
    """Let somebody in again."""
    reader = reader_of(request)
    person = policies.fetch_person(reader, key)
    actions.restore(person, by=reader)
    return HttpResponseRedirect(reverse("organisations:person", args=[person.pk]))


class RolesView(DeskView):
    """Who may do what: the acts and roles as they stand in the data."""

    act = "organisations.view"
    title = "岗位与权限"
    template_name = "organisations/roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matrix."""
        keys = list(roles())
        matrix = [
            (act.title, [EXTENTS.get(act.roles.get(key, ""), "") for key in keys])
            for act in acts().values()
        ]
        return super().get_context_data(roles=roles().values(), matrix=matrix, **kwargs)
