"""The import: upload, look, enter."""

import io
from collections.abc import Sequence
from typing import Any, ClassVar

import xlsxwriter
from django import forms as django_forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations import actions, policies, sheet
from gongkai.domain.organisations.desk.forms import ImportForm
from gongkai.domain.organisations.desk.one import HOME
from gongkai.domain.organisations.kinds import kind_choices, level_choices
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import behind

EDIT = "organisations.edit"
SALT = "organisations.import"
HOUR = 3600


class ImportView(DeskView):
    """Upload a sheet, see what would be entered, and enter it."""

    act = EDIT
    title = "导入机构"
    template_name = "organisations/import.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        kwargs.setdefault("form", ImportForm())
        return super().get_context_data(columns=sheet.COLUMNS.values(), **kwargs)

    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Enter what was looked at, or look at what was uploaded."""
        return self._enter() if "rows" in request.POST else self._look()

    def _look(self) -> HttpResponse:
        form = ImportForm(self.request.POST, self.request.FILES)
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                content = upload.read(sheet.MOST_BYTES + 1)
                within = policies.visible_to(self.reader).filter(self.reader.reach(EDIT).q())
                rows = sheet.judge(sheet.read(upload.name, content), within)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                context |= self._preview(rows)
        status = 422 if form.errors else 200
        return self.render_to_response(self.get_context_data(**context), status=status)

    def _preview(self, rows: list[sheet.Row]) -> dict[str, Any]:
        fresh = [row.facts for row in rows if row.verdict == "新增"]
        wrong = sum(bool(row.errors) for row in rows)
        return {
            "rows": rows,
            "fresh": len(fresh),
            "wrong": wrong,
            "known": len(rows) - len(fresh) - wrong,
            "signed": signing.dumps(fresh, salt=self._salt, compress=True) if fresh else "",
        }

    @property
    def _salt(self) -> str:
        # bound to the person, so that nobody enters what somebody else looked at
        user = self.reader.user
        return f"{SALT}:{user.pk if user else ''}"

    def _enter(self) -> HttpResponse:
        form = ImportForm()
        try:
            rows = signing.loads(self.request.POST["rows"], salt=self._salt, max_age=HOUR)
            made = actions.bring_in(rows, by=self.reader)
        except signing.BadSignature:
            return self._again(form, "预览已过期，请重新上传文件。")
        except Refusal as refusal:
            return self._again(form, f"没有导入任何机构：{refusal}")
        messages.success(self.request, f"已导入 {len(made)} 个机构。")
        return HttpResponseRedirect(reverse("organisations:index"))

    def _again(self, form: django_forms.Form, sentence: str) -> HttpResponse:
        context = self.get_context_data(form=form, problem=sentence)
        return self.render_to_response(context, status=422)


@behind(EDIT)
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Return an empty sheet with choices and one example."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("机构")
        head = book.add_format({"bold": True, "bg_color": "#E7EFF7", "border": 1})
        text = book.add_format({"num_format": "@"})
        page.set_column(0, len(sheet.COLUMNS) - 1, 22, text)
        needed = {sheet.COLUMNS[key] for key in sheet.NEEDED}
        titles = [f"{t}*" if t in needed else t for t in sheet.COLUMNS.values()]
        page.write_row(0, 0, titles, head)
        page.freeze_panes(1, 0)
        for column, choices in ((3, kind_choices()), (4, level_choices())):
            source = [title for _, title in choices]
            page.data_validation(
                1, column, sheet.MOST_ROWS, column, {"validate": "list", "source": source}
            )
    response = HttpResponse(
        stream.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E6%9C%BA%E6%9E%84%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return response
