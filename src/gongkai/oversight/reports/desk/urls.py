"""Addresses of the report office below /desk/reports/."""

from django.urls import path

from gongkai.oversight.reports.desk import (
    cells,
    check,
    correct,
    editions,
    fill,
    moves,
    report,
    rounds,
    text,
    units,
)

app_name = "reports"
urlpatterns = [
    path("", rounds.IndexView.as_view(), name="index"),
    path("open/", rounds.OpenView.as_view(), name="open"),
    path("rounds/<int:key>/", rounds.RoundView.as_view(), name="round"),
    path("rounds/<int:key>/urge/", rounds.UrgeView.as_view(), name="urge"),
    path("rounds/<int:key>/export/", rounds.ExportView.as_view(), name="export"),
    path("editions/<int:key>/<str:format>/", editions.FileView.as_view(), name="file"),
    path("<int:key>/", report.ReportView.as_view(), name="report"),
    path("<int:key>/fill/", fill.FillView.as_view(), name="fill"),
    path("<int:key>/read/", fill.ReadView.as_view(), name="read"),
    path("<int:key>/take/", fill.TakeView.as_view(), name="take"),
    path("<int:key>/cells/", cells.SaveView.as_view(), name="cells"),
    path("<int:key>/cells/<path:place>/", cells.CellView.as_view(), name="cell"),
    path("<int:key>/text/", text.TextView.as_view(), name="text"),
    path("<int:key>/text/preview/", text.ChapterPreview.as_view(), name="chapter-preview"),
    path("<int:key>/preview/", text.PreviewView.as_view(), name="preview"),
    path("<int:key>/check/", check.CheckView.as_view(), name="check"),
    path("<int:key>/units/", units.UnitsView.as_view(), name="units"),
    path("<int:key>/roll-up/", units.RollUpView.as_view(), name="roll-up"),
    path("<int:key>/move/<str:verb>/", moves.MoveView.as_view(), name="move"),
    path("<int:key>/correct/", correct.CorrectView.as_view(), name="correct"),
]
