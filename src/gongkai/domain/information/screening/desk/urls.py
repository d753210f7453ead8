"""Addresses of the pre-check, below those of the items and of the reviews."""

from django.urls import path

from gongkai.domain.information.screening.desk import precheck, words

app_name = "screening"
urlpatterns = [
    path("information/<int:key>/precheck/", precheck.PrecheckView.as_view(), name="precheck"),
    path("reviews/words/", words.WordsView.as_view(), name="words"),
    path("reviews/words/export/", words.ExportView.as_view(), name="words-export"),
    path("reviews/words/import/", words.ImportView.as_view(), name="words-import"),
]
