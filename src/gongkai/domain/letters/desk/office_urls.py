"""Addresses of how offices sign, below /desk/letters/."""

from django.urls import path

from gongkai.domain.letters.desk import offices

app_name = "letter_offices"
urlpatterns = [
    path("", offices.IndexView.as_view(), name="index"),
    path("<int:key>/", offices.OfficeView.as_view(), name="office"),
    path("<int:key>/seal/", offices.SealView.as_view(), name="seal"),
    path("<int:key>/templates/<slug:template>/", offices.WordingView.as_view(), name="wording"),
    path(
        "<int:key>/templates/<slug:template>/sample.pdf",
        offices.SampleView.as_view(),
        name="sample",
    ),
]
