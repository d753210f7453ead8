"""Addresses of the screens."""

from django.urls import path
from django.views.generic import RedirectView

from gongkai.domain.directory.desk import calendar, columns, coverage, directories, obligations

app_name = "directory"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="directory:obligations"), name="home"),
    path("columns/", columns.IndexView.as_view(), name="columns_index"),
    path("columns/watched/", coverage.WatchedView.as_view(), name="watched"),
    path("columns/<int:unit>/", columns.ColumnsView.as_view(), name="columns"),
    path("columns/<int:unit>/add/", columns.AddView.as_view(), name="add"),
    path("columns/column/<int:key>/", columns.AmendView.as_view(), name="column"),
    path("columns/column/<int:key>/move/", columns.MoveView.as_view(), name="move"),
    path("columns/column/<int:key>/merge/", columns.MergeView.as_view(), name="merge"),
    path("columns/column/<int:key>/close/", columns.CloseView.as_view(), name="close"),
    path("columns/column/<int:key>/reopen/", columns.ReopenView.as_view(), name="reopen"),
    path("obligations/", obligations.ListView.as_view(), name="obligations"),
    path("obligations/<int:key>/", obligations.ObligationView.as_view(), name="obligation"),
    path("obligations/<int:key>/occasion/", obligations.OccasionView.as_view(), name="occasion"),
    path(
        "obligations/<int:key>/revoke/<int:fulfilment>/",
        obligations.RevokeView.as_view(),
        name="revoke",
    ),
    path("obligations/<int:key>/waive/", obligations.WaiveView.as_view(), name="waive"),
    path("proposals/", obligations.ProposalsView.as_view(), name="proposals"),
    path("calendar/", calendar.MonthView.as_view(), name="calendar"),
    path("coverage/", coverage.CoverageView.as_view(), name="coverage"),
    path("directories/", directories.ListView.as_view(), name="directories"),
    path("directories/import/", directories.ImportView.as_view(), name="import"),
    path("directories/import/<int:unit>/", directories.ImportView.as_view(), name="import_for"),
    path("directories/<int:key>/", directories.DirectoryView.as_view(), name="directory"),
    path("directories/<int:key>/export/", directories.export, name="export"),
    path(
        "directories/<int:key>/assign/<int:entry>/",
        directories.AssignView.as_view(),
        name="assign",
    ),
    path(
        "directories/<int:key>/assign/<int:entry>/<int:unit>/cancel/",
        directories.UnassignView.as_view(),
        name="unassign",
    ),
]
