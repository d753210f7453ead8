"""Bringing a source, saying what its columns mean, confirming, throwing away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from gongkai.core.refusal import Refusal
from gongkai.domain.directory.models import Column
from gongkai.domain.information.importing import (
    actions,
    archive,
    errors,
    policies,
    tables,
    wordpress,
)
from gongkai.domain.information.importing.desk.showing import HOME
from gongkai.domain.information.importing.fields import FIELDS
from gongkai.domain.information.importing.models import Batch
from gongkai.domain.information.importing.reading import samples
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of

SLACK = 2**20
"""What the frame of a request may weigh beyond its files."""


class Begin(DeskView):
    """The form for bringing a source."""

    act = policies.BEGIN
    title = "上传要导入的内容"
    template_name = "importing/begin.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the units and the limits."""
        kwargs.setdefault("refused", "")
        return super().get_context_data(
            units=policies.own_units(self.reader),
            sheet_limit=sized(tables.MOST_BYTES),
            row_limit=tables.MOST_ROWS,
            export_limit=sized(wordpress.MOST_BYTES),
            archive_limit=sized(archive.MOST_BYTES),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Take it in."""
        try:
            batch = self._begin(request)
        except Refusal as refusal:
            context = self.get_context_data(refused=str(refusal), posted=request.POST)
            return self.render_to_response(context, status=422)
        return redirect("importing:settle", pk=batch.pk)

    def _begin(self, request: HttpRequest) -> Batch:
        unit = policies.units(self.reader).filter(pk=_number(request.POST.get("unit"))).first()
        if unit is None:
            raise errors.NoRoom
        address = request.POST.get("address", "").strip()
        if address:
            return actions.begin_from_site(unit, address=address, by=self.reader)
        file = request.FILES.get("file")
        if file is None:
            raise Refusal("还没有选择文件。请选择表格或 WordPress 导出文件，或者填写网站地址。")
        return actions.begin(unit, file=file, files=request.FILES.get("files"), by=self.reader)


def _begin(request: HttpRequest) -> HttpResponseBase:
    """Refuse what is far too large before it is read; let a ZIP through that is larger than an attachment."""
    most = archive.MOST_BYTES + wordpress.MOST_BYTES + SLACK
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        view = Begin(request=request)
        view.setup(request)
        refused = str(errors.TooMuch(what="上传的文件合计", limit=sized(most)))
        return view.render_to_response(view.get_context_data(refused=refused), status=413)
    # an archive is not an attachment: its members are judged one by one
    request.upload_handlers = list(request.upload_handlers)[1:]
    return csrf_protect(Begin.as_view())(request)


# the token is asked for inside, where the size of the request is known to be bearable
begin = csrf_exempt(behind(policies.BEGIN)(_begin))


class Settle(DeskView):
    """What the columns mean, and what is to become of the lines."""

    act = policies.BEGIN
    title = "核对列和导入方式"
    template_name = "importing/settle.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the batch."""
        super().setup(request, *args, **kwargs)
        self.batch: Batch = policies.fetch(self.reader, kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        """Lead back."""
        return [HOME, Crumb(str(self.batch), self.batch.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the fields with their columns, samples, and the columns of the section."""
        batch = self.batch
        is_sheet = batch.source == Batch.Source.SHEET
        rows = samples(batch) if is_sheet else []
        mapping = kwargs.pop("mapping", batch.mapping)
        fields = [
            {
                "field": field,
                "place": mapping.get(field.key, -1),
                "sample": _sample(rows, mapping.get(field.key, -1)),
            }
            for field in FIELDS.values()
        ]
        unused = [
            h for place, h in enumerate(batch.headings) if place not in mapping.values() and h
        ]
        columns = Column.objects.of(batch.organisation).open().holding_items()
        may_review = self.reader.may(policies.REVIEWED, str(batch.organisation.path))
        return super().get_context_data(
            batch=batch,
            is_sheet=is_sheet,
            fields=fields,
            headings=list(enumerate(batch.headings)),
            unused=unused,
            columns=columns,
            modes=[mode for mode in Batch.Mode if mode == Batch.Mode.DRAFTS or may_review],
            **{"refused": "", **kwargs},
        )

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponseBase:
        """Settle it, and have the lines checked."""
        posted = request.POST
        mapping = {
            key: place
            for key in FIELDS
            if (place := _number(posted.get(f"field-{key}"))) is not None
        }
        mode = posted.get("mode", "")
        column = Column.objects.filter(pk=_number(posted.get("column"))).first()
        try:
            actions.settle(
                self.batch,
                mapping=mapping,
                mode=mode if mode in Batch.Mode.values else Batch.Mode.DRAFTS,
                column=column,
                by=self.reader,
            )
        except Refusal as refusal:
            self.batch.mode = mode if mode in Batch.Mode.values else Batch.Mode.DRAFTS
            context = self.get_context_data(refused=str(refusal), mapping=mapping)
            return self.render_to_response(context, status=422)
        return redirect(self.batch.get_absolute_url())


@behind(policies.BEGIN)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Have what is in order imported."""
    reader = reader_of(request)
    batch = policies.fetch(reader, pk)
    signers: dict[str, list[int]] = {}
    for name in request.POST:
        importance, _, step = name.removeprefix("signer-").partition("-")
        if name.startswith("signer-") and step.isdigit():
            signers.setdefault(importance, [])
    for importance, named in signers.items():
        place = 0
        while (key := _number(request.POST.get(f"signer-{importance}-{place}"))) is not None:
            named.append(key)
            place += 1
    try:
        actions.confirm(
            batch,
            by=reader,
            take_alike="alike" in request.POST,
            evidence=request.POST.get("evidence", ""),
            signers=signers,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(batch.get_absolute_url())


@behind(policies.BEGIN)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the batch away; what was imported stays."""
    reader = reader_of(request)
    batch = policies.fetch(reader, pk)
    try:
        actions.discard(batch, by=reader)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(batch.get_absolute_url())
    messages.success(request, "已删除这一批的文件和检查记录。已经导入的信息没有变化。")
    return redirect(reverse("importing:index"))


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 12 else None


def _sample(rows: list[list[str]], place: int) -> str:
    if place < 0:
        return ""
    return next((cells[place][:60] for cells in rows if place < len(cells) and cells[place]), "")
