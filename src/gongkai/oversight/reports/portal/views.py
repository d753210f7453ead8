"""The public pages of annual reports."""

import csv
import io
import json
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.deadlines import due, limits
from gongkai.core.rendering import FORMATS, fragment
from gongkai.core.rendering.cleaning import one_line
from gongkai.foundation import clock
from gongkai.foundation.charts import Chart, data, rows
from gongkai.foundation.permissions import NotThere
from gongkai.oversight.reports.portal import charts, queries
from gongkai.oversight.reports.printing import printed, sentence

PAGE = "portal_reports"
YEAR_ROUND = 366 * 24 * 3600


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the reports of the newest year, all years, and a search by organisation."""
    years = queries.years()
    text = one_line(request.GET.get("q", ""))[:60]
    context: dict[str, Any] = {"years": years, "text": text}
    if text:
        context["found"] = list(queries.matching(text))
    elif years:
        newest = years[0][0]
        context |= {"year": newest, "groups": queries.grouped(queries.of_year(newest))}
    else:
        context["due"] = _due_days()
    return render(request, f"{PAGE}/index.html", context)


def _due_days() -> list[tuple[str, date]]:
    """Return who reports by which day of the year."""
    last = date(clock.today().year - 1, 12, 31)
    return [
        (limits()[key].title, due(key, last).day)
        for key in ("report.department", "report.government")
    ]


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the reports of a year."""
    years = queries.years()
    if year not in dict(years):
        raise NotThere(what=f"{year} 年的年度报告")
    groups = queries.grouped(queries.of_year(year))
    context = {"years": years, "year": year, "groups": groups, "text": ""}
    return render(request, f"{PAGE}/index.html", context)


@require_safe
def organisation(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show the reports of an organisation, with charts over the years."""
    unit = queries.organisation(organisation)
    if unit is None:
        raise NotThere(what="这个机构的年度报告")
    reports = list(queries.issued().filter(organisation=unit).order_by("-year"))
    drawn = charts.over_years(queries.forms_by_year(unit.pk))
    context = {"unit": unit, "reports": reports, "charts": drawn}
    return render(request, f"{PAGE}/organisation.html", context)


@require_safe
def report(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """Show a report."""
    found = _published(organisation, year)
    by_year = queries.forms_by_year(organisation)
    mine = [c for c in charts.over_years(by_year) if c.is_drawn] if len(by_year) > 1 else []
    context = {
        "published": found,
        "report": found.report,
        "unit": found.report.organisation,
        "years": sorted(by_year, reverse=True),
        "article": fragment(printed(found.edition.content), level=1),
        "corrections": [(note["on"], sentence(note)) for note in found.corrections],
        "has_units": queries.has_units(found.report),
        "charts": mine[:2],
        "labels": {key: made.label for key, made in FORMATS.items()},
    }
    return render(request, f"{PAGE}/report.html", context)


@require_safe
def units(request: HttpRequest, organisation: int, year: int) -> HttpResponse:
    """Show how the units of a report add to it."""
    found = _published(organisation, year)
    below = queries.units_of(found.report)
    if not below:
        raise NotThere(what="分单位的数据")
    named = [(str(r.organisation), filled) for r, filled in below]
    drawn = [charts.over_units(plan, named) for plan in charts.plans()]
    context = {
        "published": found,
        "report": found.report,
        "unit": found.report.organisation,
        "units": below,
        "charts": [chart for chart in drawn if chart],
    }
    return render(request, f"{PAGE}/units.html", context)


@require_safe
def download(request: HttpRequest, organisation: int, year: int, format: str) -> HttpResponseBase:  # noqa: A002, ARG001  # the name in the address
    """Send a file of the current edition."""
    found = _published(organisation, year)
    file = next((f for f in found.edition.files.all() if f.format == format), None)
    if file is None or format not in FORMATS:
        raise NotThere(what="这种格式的文件")
    title = f"{found.edition.content['title']}.{format}"
    response = FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=title,
        content_type=FORMATS[format].media_type,
    )
    response["ETag"] = f'"{file.digest}"'
    return response


@require_safe
def figures(request: HttpRequest, organisation: int, format: str) -> HttpResponse:  # noqa: A002, ARG001  # the name in the address
    """Send the figures of an organisation over the years."""
    unit = queries.organisation(organisation)
    if unit is None:
        raise NotThere(what="这个机构的年度报告")
    drawn = charts.over_years(queries.forms_by_year(unit.pk))
    return _data(drawn, format, {"organisation": unit.name, "code": unit.code})


@require_safe
def units_data(request: HttpRequest, organisation: int, year: int, format: str) -> HttpResponse:  # noqa: A002, ARG001  # the name in the address
    """Send the figures of the units of a report."""
    found = _published(organisation, year)
    named = [(r.organisation.name, filled) for r, filled in queries.units_of(found.report)]
    if not named:
        raise NotThere(what="分单位的数据")
    drawn = [chart for plan in charts.plans() if (chart := charts.over_units(plan, named))]
    return _data(drawn, format, {"organisation": found.report.organisation.name, "year": year})


def _published(organisation: int, year: int) -> queries.Published:
    found = queries.published(organisation, year)
    if found is None:
        raise NotThere(what="这份年度报告")
    return found


def _data(drawn: list[Chart], format: str, facts: dict[str, Any]) -> HttpResponse:  # noqa: A002  # the name in the address
    if format == "json":
        content = {"schema": "gongkai.figures/1", **facts, "charts": data(drawn)}
        body = json.dumps(content, ensure_ascii=False, indent=1)
        return HttpResponse(body, content_type="application/json; charset=utf-8")
    if format == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows(drawn))
        return HttpResponse(
            out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
        )
    raise Http404
