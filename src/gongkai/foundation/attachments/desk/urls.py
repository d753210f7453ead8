"""Addresses of uploads."""

from django.urls import path

from gongkai.foundation.attachments.desk import views

app_name = "attachments"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<uuid:key>/", views.piece, name="piece"),
]
