"""The base of our screens at the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from gongkai.foundation import clock
from gongkai.foundation.desk.counts import forget
from gongkai.foundation.desk.panels import panels_for
from gongkai.foundation.permissions import Reader, behind
from gongkai.foundation.permissions.guard import SIGNED_IN, reader_of


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to where one is."""

    title: str
    href: str = ""


class DeskView(TemplateView):
    """A screen behind an act.

    Subclasses set ``act``, ``title`` and ``template_name``; they may override ``get_title``,
    ``get_crumbs`` and the HTTP methods. ``self.reader`` is who asks.
    """

    act: ClassVar[str] = ""
    title: ClassVar[str] = ""
    subtitle: ClassVar[str] = ""
    crumbs: ClassVar[Sequence[Crumb]] = ()
    request: HttpRequest

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        """Return the view, guarded."""
        if not cls.act:
            raise ImproperlyConfigured(f"{cls.__name__} is not behind an act")
        return behind(cls.act)(super().as_view(**initkwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; after something was done the menu counts anew."""
        answer = super().dispatch(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"}:
            forget(self.reader)
        return answer

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the screen; what only takes something in has none."""
        chooses = type(self).get_template_names is not TemplateView.get_template_names
        if self.template_name is None and not chooses:
            others = set(self.http_method_names) - {"get", "head"}
            return HttpResponseNotAllowed(sorted(m.upper() for m in others if hasattr(self, m)))
        return super().get(request, *args, **kwargs)

    @property
    def reader(self) -> Reader:
        """Return who asks."""
        return reader_of(self.request)

    def get_title(self) -> str:
        """Return the heading."""
        return self.title

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here, without the page itself."""
        return self.crumbs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add heading, way and reader."""
        return {
            "title": self.get_title(),
            "subtitle": self.subtitle,
            "crumbs": self.get_crumbs(),
            "reader": self.reader,
            **super().get_context_data(**kwargs),
        }


class TodayView(DeskView):
    """The first page: what is due for this person."""

    act = SIGNED_IN
    title = "今日"
    template_name = "desk/today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the day, the standings and the panels."""
        return super().get_context_data(
            day=clock.today(), panels=panels_for(self.reader, self.request), **kwargs
        )
