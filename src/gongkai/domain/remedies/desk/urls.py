"""Addresses of remedies below /desk/remedies/."""

from django.urls import path

from gongkai.domain.remedies.desk import acting, listing, new, page

app_name = "remedies"
urlpatterns = [
    path("", listing.ListView.as_view(), name="index"),
    path("export/", listing.ExportView.as_view(), name="export"),
    path("new/", new.NewView.as_view(), name="new"),
    path("<int:key>/", page.RemedyView.as_view(), name="remedy"),
    path("<int:key>/claimant/", page.ClaimantView.as_view(), name="claimant"),
    path("<int:key>/papers/<int:paper>/", page.PaperView.as_view(), name="paper"),
    path("<int:key>/acts/<str:act_key>/", acting.ActView.as_view(), name="act"),
]
