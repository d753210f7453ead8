"""Addresses of the search."""

from django.urls import path

from gongkai.foundation.search.portal import feed, views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("feed/", feed.feed, name="feed"),
]
