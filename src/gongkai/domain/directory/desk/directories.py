"""Standard directories: versions, entries by field, import with a preview, export, who owes what."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar

from django.contrib import messages
from django.core import signing
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.directories import Line, fields, read_table
from gongkai.core.extraction.sources.xlsx import sheets
from gongkai.core.refusal import Refusal
from gongkai.domain.directory import actions, policies, shelf
from gongkai.domain.directory.desk import forms
from gongkai.domain.directory.desk.columns import own_unit
from gongkai.domain.directory.desk.obligations import HOME, number
from gongkai.domain.directory.exporting import directory_file
from gongkai.domain.directory.jobs import generate_year
from gongkai.domain.directory.models import Assignment, Entry, Listing, StandardDirectory
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import NotThere, behind
from gongkai.foundation.permissions.guard import reader_of

MOST_BYTES = 10 * 2**20
LISTED = Crumb("标准目录", "/desk/directory/directories/")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOUR = 3600


class ListView(DeskView):
    """All versions within reach."""

    act = policies.VIEW
    title = "标准目录"
    template_name = "directory/directories.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them with their size."""
        found = policies.directories_visible_to(self.reader).annotate(
            entries=Count("listings"), unread=Count("listings", filter=Q(listings__limit_kind=""))
        )
        units = policies.units_visible_to(self.reader, "directory.adopt").filter(kind="government")
        return super().get_context_data(
            page=page_of(self.request, found.order_by("organisation__path", "-version")),
            units=forms.unit_choices(units[:500]),
            may_adopt=self.reader.may("directory.adopt"),
            tab="directories",
            today=clock.today(),
            **kwargs,
        )


class DirectoryScreen(DeskView):
    """A screen about one version."""

    act = policies.VIEW

    @cached_property
    def directory(self) -> StandardDirectory:
        """Return it."""
        return policies.fetch_directory(self.reader, self.kwargs["key"])

    def here(self) -> str:
        """Return the address of its page."""
        return reverse("directory:directory", args=[self.directory.pk])

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME, LISTED]


class DirectoryView(DirectoryScreen):
    """One version, field by field."""

    template_name = "directory/directory.html"

    def get_title(self) -> str:
        """Return its name."""
        return str(self.directory)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the entries of a field with who owes them."""
        directory, query = self.directory, self.request.GET
        path = str(directory.organisation.path)
        counts = dict(
            directory.listings.order_by().values_list("entry__field").annotate(n=Count("pk"))
        )
        field = query.get("field", "")
        shown = directory.listings.select_related("entry")
        unowned = shown.filter(entry__assignments=None)
        if field in counts:
            shown = shown.filter(entry__field=field)
        if text := query.get("q", "").strip():
            shown = shown.filter(
                Q(entry__first__icontains=text)
                | Q(entry__second__icontains=text)
                | Q(entry__content__icontains=text)
            )
        if query.get("show") == "unowned":
            shown = shown.filter(entry__assignments=None)
        if query.get("show") == "unread":
            shown = shown.filter(limit_kind="")
        page = page_of(self.request, shown)
        known = fields()
        owners = _owners([listing.entry_id for listing in page])
        return super().get_context_data(
            directory=directory,
            fields=[(key, known[key].title, counts[key]) for key in known if key in counts],
            field=field,
            total=sum(counts.values()),
            unowned=unowned.count(),
            unread=directory.listings.filter(limit_kind="").count(),
            page=page,
            rows=[(listing, owners.get(listing.entry_id, [])) for listing in page],
            query={"q": query.get("q", ""), "show": query.get("show", "")},
            versions=StandardDirectory.objects.filter(organisation=directory.organisation),
            may_assign=self.reader.may("directory.assign", path),
            may_generate=self.reader.may("directory.generate", path)
            and not directory.effective_until,
            job=Job.objects.filter(
                kind=generate_year.name, arguments__organisation=directory.organisation_id
            ).first(),
            year=clock.today().year,
            tab="directories",
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Find the units that the lines name, or generate a year."""
        directory = self.directory
        try:
            if "match" in request.POST:
                count = actions.assign_named(directory, by=self.reader)
                messages.success(request, f"按公开主体落实了 {count} 项。")
            else:
                self._generate(number(request.POST.get("year", ""), clock.today().year))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(self.here())

    def _generate(self, year: int) -> None:
        unit = self.directory.organisation
        self.reader.must("directory.generate", str(unit.path))
        user = self.reader.user
        start(
            generate_year,
            by=self.reader,
            arguments={"organisation": unit.pk, "year": year, "user": user.pk if user else 0},
            title=f"生成{unit}{year}年公开义务",
        )


def _owners(entries: Sequence[int]) -> dict[int, list[str]]:
    rows = (
        Assignment.objects.filter(entry__in=entries)
        .order_by("entry", "unit__path")
        .select_related("unit")
    )
    return {
        key: [str(row.unit) for row in group] for key, group in groupby(rows, lambda r: r.entry_id)
    }


class EntryScreen(DirectoryScreen, FormView):
    """A screen about who owes an entry of a version."""

    act = "directory.assign"

    @cached_property
    def entry(self) -> Entry:
        """Return it."""
        found = Entry.objects.filter(listings__directory=self.directory)
        row: Entry | None = found.filter(pk=self.kwargs["entry"]).first()
        if row is None:
            raise NotThere(what="这个事项")
        return row

    def get_back(self) -> str:
        """Lead back to the directory."""
        return self.here()


class AssignView(EntryScreen):
    """An entry given to a unit by hand, and the units that owe it."""

    title = "指定责任单位"
    template_name = "directory/assign.html"
    form_class = forms.AssignForm
    submit = "指定"
    done = "已指定。再生成当年义务，这一项就进入到期清单。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units below the directory's organisation."""
        units = Organisation.objects.below(self.directory.organisation).in_being()
        return {"units": units}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which entry, and who owes it now."""
        listing = Listing.objects.filter(directory=self.directory, entry=self.entry).first()
        self.intro = f"{self.entry}。目录写的公开主体：{listing.body if listing else '—'}"
        owners = self.entry.assignments.select_related("unit").order_by("unit__path")
        return super().get_context_data(directory=self.directory, owners=owners, **kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Assign."""
        unit = policies.fetch_unit(self.reader, data["unit"], "directory.assign")
        actions.assign([self.entry], unit=unit, by=self.reader)
        return self.here()


class UnassignView(EntryScreen):
    """An entry that a unit does not owe after all."""

    title = "免去公开责任"
    form_class = forms.ReasonForm
    submit = "免去责任"
    done = "已免去，没有履行的义务一并免除。"

    @cached_property
    def unit(self) -> Organisation:
        """Return the unit, which may have ended."""
        units = Organisation.objects.filter(self.reader.reach(self.act).q())
        row: Organisation | None = units.filter(
            pk=self.kwargs["unit"], assignments__entry=self.entry
        ).first()
        if row is None:
            raise NotThere(what="这项公开责任")
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose it is."""
        self.intro = (
            f"“{self.entry}”不再由{self.unit.name}公开；它没有履行的义务一并免除，理由留痕。"
        )
        return super().get_context_data(**kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Take it away."""
        actions.unassign(self.entry, unit=self.unit, by=self.reader, **data)
        return self.here()


class ImportView(DeskView):
    """Upload a published directory, see every line, and adopt it as a new version."""

    act = "directory.adopt"
    title = "导入标准目录"
    template_name = "directory/import.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME, LISTED)

    @property
    def unit(self) -> Organisation:
        """Return whose directory it is to be."""
        key = self.kwargs.get("unit")
        if key is None:
            mine = own_unit(self.reader)
            key = mine.pk if mine else 0
        return policies.fetch_unit(self.reader, key, self.act)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        unit = kwargs["unit"] = self.unit  # in place of its key in the address
        kwargs.setdefault(
            "form",
            forms.ImportForm(
                initial={
                    "title": f"{unit}基层政务公开标准目录",
                    "effective_from": clock.today(),
                }
            ),
        )
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Adopt what was looked at, or look at what was uploaded."""
        return self._adopt() if "signed" in request.POST else self._look()

    def _look(self) -> HttpResponse:
        form = forms.ImportForm(self.request.POST, self.request.FILES)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            upload = form.cleaned_data["file"]
            data = upload.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES:
                form.add_error("file", "文件超过 10 MB。请去掉图片后再试，或者分领域导入。")
            else:
                try:
                    lines = read_table(sheets(data), default=form.cleaned_data["default"])
                except Refusal as refusal:
                    form.add_error("file", str(refusal))
                else:
                    context |= self._preview(form, lines, upload.name, data)
        status = 422 if form.errors else 200
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _preview(self, form: Any, lines: list[Line], name: str, data: bytes) -> dict[str, Any]:
        sound = [line for line in lines if not line.errors]
        if not lines:
            form.add_error(
                "file",
                "没有找到标准目录的表头（序号、公开事项、公开内容……）。请核对是不是这个文件。",
            )
            return {}
        facts = form.cleaned_data
        ticket = shelf.keep(data)
        signed = signing.dumps(
            {
                "ticket": ticket,
                "name": name[:200],
                "unit": self.unit.pk,
                "title": facts["title"],
                "default": facts["default"],
                "from": facts["effective_from"].isoformat(),
            },
            salt=self._salt,
        )
        counts: dict[str, int] = {}
        for line in sound:
            counts[line.field] = counts.get(line.field, 0) + 1
        known = fields()
        return {
            "lines": lines,
            "sound": len(sound),
            "refused": [line for line in lines if line.errors],
            "noted": [line for line in sound if line.notes],
            "counts": [(known[key].title, counts[key]) for key in known if key in counts],
            "difference": actions.compare(self.unit, lines),
            "signed": signed if sound else "",
        }

    @property
    def _salt(self) -> str:
        # bound to the person, so that nobody adopts what somebody else looked at
        user = self.reader.user
        return f"directory.adopt.{user.pk if user else 0}"

    def _adopt(self) -> HttpResponse:
        try:
            facts = signing.loads(self.request.POST["signed"], salt=self._salt, max_age=HOUR)
            data = shelf.fetch(facts["ticket"])
        except (signing.BadSignature, KeyError):
            data = None
        if data is None:
            messages.error(self.request, "预览已过期。请重新上传文件。")
            return HttpResponseRedirect(self.request.path)
        unit = policies.fetch_unit(self.reader, facts["unit"], self.act)
        try:
            made = actions.adopt(
                unit,
                lines=read_table(sheets(data), default=facts["default"]),
                effective_from=date.fromisoformat(facts["from"]),
                title=facts["title"],
                source=facts["name"],
                by=self.reader,
            )
            found = actions.assign_named(made, by=self.reader)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.request.path)
        messages.success(
            self.request,
            f"已导入第 {made.version} 版，{made.listings.count()} 项；按公开主体落实了 {found} 项。",
        )
        return HttpResponseRedirect(reverse("directory:directory", args=[made.pk]))


@behind(policies.VIEW)
def export(request: HttpRequest, key: int) -> HttpResponse:
    """Send a version as XLSX, in the form in which it is published."""
    directory = policies.fetch_directory(reader_of(request), key)
    return directory_file(directory)
