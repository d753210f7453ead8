"""The office's own word list, and the one that comes with the platform."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.core.screening import starter_words
from gongkai.domain.information.screening import actions, sheets
from gongkai.domain.information.screening.actions.words import ACT, Entry
from gongkai.domain.information.screening.models import ListedWord
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView

HOME = Crumb("审查和签批", "/desk/reviews/")
TABS = (("", "本单位词表"), ("above", "上级词表"), ("starter", "通用词表"))
KINDS = [choice for choice in ListedWord.Kind.choices if choice[0] != ListedWord.Kind.OFF]
WRONG_SHOWN = 10


class WordForm(forms.Form):
    """A word."""

    word = forms.CharField(label="词语", max_length=40)
    right = forms.CharField(
        label="正确写法", max_length=80, required=False, help_text="不填的，提示改写。"
    )
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    unless = forms.CharField(
        label="例外", max_length=200, required=False, help_text="含有它又没有错的词，用空格隔开。"
    )
    since = forms.DateField(label="起", required=False, widget=DateInput())
    until = forms.DateField(label="止", required=False, widget=DateInput())


class WordsScreen(DeskView):
    """A screen about the list of one organisation."""

    act = ACT
    title = "词表"
    crumbs = (HOME,)

    @cached_property
    def places(self) -> list[Organisation]:
        """Return the organisations whose office the reader is of."""
        keys = [s.unit for s in self.reader.standings if self.reader.may(ACT, s.path)]
        if self.reader.unlimited:
            return list(Organisation.objects.filter(depth=1))
        return list(Organisation.objects.filter(pk__in=keys))

    @cached_property
    def place(self) -> Organisation:
        """Return whose list it is."""
        asked = self.request.GET.get("organisation", "")
        return next((one for one in self.places if str(one.pk) == asked), self.places[0])

    def here(self, **asked: str) -> str:
        """Return the address of the list."""
        told = {"organisation": str(self.place.pk)} if len(self.places) > 1 else {}
        query = "&".join(f"{name}={value}" for name, value in {**told, **asked}.items())
        return reverse("screening:words") + (f"?{query}" if query else "")

    @property
    def own(self) -> Any:
        """Return the rows of the list."""
        return ListedWord.objects.filter(organisation=self.place)


class WordsView(WordsScreen):
    """The list: look for words, add, change, take off; switch those of the platform off and on."""

    template_name = "screening/words.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the tab."""
        which = self.request.GET.get("which", "")
        q = self.request.GET.get("q", "").strip()
        own = self.own.exclude(kind=ListedWord.Kind.OFF)
        if which == "starter":
            off = set(
                ListedWord.objects.in_force()
                .over(str(self.place.path), Organisation.steplen)
                .filter(kind=ListedWord.Kind.OFF)
                .values_list("word", flat=True)
            )
            mine = set(self.own.filter(kind=ListedWord.Kind.OFF).values_list("word", flat=True))
            labels = dict(ListedWord.Kind.choices)
            rows: Any = [
                {"word": word, "label": labels[word.kind], "off": word.word in off, "mine": word.word in mine}
                for word in starter_words().words.values()
                if q in word.word or q in word.right
            ]  # fmt: skip
        elif which == "above":
            path = self.place.parent_path
            rows = ListedWord.objects.over(path, Organisation.steplen).select_related(
                "organisation"
            )
            rows = _looked_for(rows, q)
        else:
            which, rows = "", _looked_for(own.select_related("by"), q)
        kwargs.setdefault("form", WordForm())
        return super().get_context_data(
            place=self.place,
            places=self.places,
            which=which,
            q=q,
            tabs=[
                (self.here(**({"which": key} if key else {})), title, key == which)
                for key, title in TABS
            ],
            page=page_of(self.request, rows),
            count=own.count(),
            today=clock.today(),
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Add or change a word, take one off, switch one off or on."""
        word = request.POST.get("word", "")
        match request.POST.get("do"):
            case "drop":
                actions.drop_words(self.place, [word], by=self.reader)
                return self._done(f"已删去“{word}”。")
            case "off":
                entry = Entry(word, kind=ListedWord.Kind.OFF)
                actions.put_words(self.place, [entry], by=self.reader)
                return self._done(f"已关闭“{word}”，本单位和下级不再检查它。", which="starter")
            case "on":
                actions.drop_words(self.place, [word], by=self.reader)
                return self._done(f"已恢复检查“{word}”。", which="starter")
        form = WordForm(request.POST)
        if form.is_valid():
            try:
                actions.put_words(self.place, [Entry(**form.cleaned_data)], by=self.reader)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return self._done(f"已收入“{form.cleaned_data['word']}”，以后预检会查它。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _done(self, sentence: str, **asked: str) -> HttpResponse:
        messages.success(self.request, sentence)
        return HttpResponseRedirect(self.here(**asked))


def _looked_for(rows: Any, q: str) -> Any:
    return rows.filter(word__contains=q) | rows.filter(right__contains=q) if q else rows


class ExportView(WordsScreen):
    """The list as a file."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # a file instead of a page
        """Write it."""
        as_csv = request.GET.get("as") == "csv"
        name = f"词表-{self.place}-{clock.today():%Y%m%d}.{'csv' if as_csv else 'xlsx'}"
        return FileResponse(
            sheets.written(self.own.order_by("kind", "word"), as_csv=as_csv),
            as_attachment=True,
            filename=name,
            content_type="text/csv" if as_csv else sheets.XLSX,
        )


class ImportView(WordsScreen):
    """Many words from a file; what is right comes in, the rest is said."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take them in."""
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refusal("还没有选择文件。请选择 XLSX 或 CSV 文件。")  # noqa: TRY301  # one way out
            entries, wrong = sheets.read(file)
            count = actions.put_words(self.place, entries, by=self.reader) if entries else 0
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.here())
        if count:
            messages.success(request, f"已收入 {count} 个词。")
        if wrong:
            more = f"等 {len(wrong)} 行" if len(wrong) > WRONG_SHOWN else ""
            messages.warning(request, f"没有收入：{'；'.join(wrong[:WRONG_SHOWN])}{more}")
        return HttpResponseRedirect(self.here())
