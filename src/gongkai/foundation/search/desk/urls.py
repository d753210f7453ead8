"""Addresses at the desk."""

from django.urls import path

from gongkai.foundation.search.desk import views

app_name = "search_words"

urlpatterns = [
    path("", views.WordsView.as_view(), name="index"),
    path("rebuild/", views.RebuildView.as_view(), name="rebuild"),
]
