"""Addresses under /desk/channels/."""

from django.urls import path

from gongkai.domain.channels.desk import board, displays, gazettes, item, release, sheet

app_name = "channels"

urlpatterns = [
    path("", board.BoardView.as_view(), name="index"),
    path("items/<int:key>/", item.ItemView.as_view(), name="item"),
    path("releases/<int:key>/", release.ReleaseView.as_view(), name="release"),
    path("releases/<int:key>/text/", release.TextView.as_view(), name="text"),
    path("releases/<int:key>/give-up/", release.GiveUpView.as_view(), name="give-up"),
    path("releases/<int:key>/take-down/", release.TakeDownView.as_view(), name="take-down"),
    path("releases/<int:key>/photo/", release.photo, name="photo"),
    path("gazettes/", gazettes.IndexView.as_view(), name="gazettes"),
    path("gazettes/new/", gazettes.NewView.as_view(), name="gazette-new"),
    path("gazettes/<int:key>/", gazettes.GazetteView.as_view(), name="gazette"),
    path("gazettes/<int:key>/facts/", gazettes.FactsView.as_view(), name="gazette-facts"),
    path("gazettes/<int:key>/include/", gazettes.IncludeView.as_view(), name="gazette-include"),
    path("gazettes/<int:key>/order/", gazettes.OrderView.as_view(), name="gazette-order"),
    path("gazettes/<int:key>/issue/", gazettes.IssueView.as_view(), name="gazette-issue"),
    path("gazettes/<int:key>/drop/", gazettes.DropView.as_view(), name="gazette-drop"),
    path("gazettes/<int:key>/preview.pdf", gazettes.preview, name="gazette-preview"),
    path("screens/", displays.IndexView.as_view(), name="screens"),
    path("screens/new/", displays.NewView.as_view(), name="screen-new"),
    path("screens/<int:key>/", displays.ScreenView.as_view(), name="screen"),
    path("screens/<int:key>/switch/", displays.SwitchView.as_view(), name="screen-switch"),
    path("sheet/", sheet.ChooseView.as_view(), name="sheet"),
    path("sheet/print/", sheet.PrintView.as_view(), name="sheet-print"),
    path("sheet/sheet.pdf", sheet.pdf, name="sheet-pdf"),
]
