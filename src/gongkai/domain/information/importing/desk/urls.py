"""Addresses of the screens."""

from django.urls import path

from gongkai.domain.information.importing.desk import bringing, showing

app_name = "importing"
urlpatterns = [
    path("", showing.Index.as_view(), name="index"),
    path("begin/", bringing.begin, name="begin"),
    path("template.xlsx", showing.template, name="template"),
    path("<int:pk>/", showing.Page.as_view(), name="batch"),
    path("<int:pk>/settle/", bringing.Settle.as_view(), name="settle"),
    path("<int:pk>/confirm/", bringing.confirm, name="confirm"),
    path("<int:pk>/refused.xlsx", showing.refused, name="refused"),
    path("<int:pk>/discard/", bringing.discard, name="discard"),
]
