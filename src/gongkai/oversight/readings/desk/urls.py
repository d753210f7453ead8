"""Addresses of the reading room."""

from django.urls import path

from gongkai.oversight.readings.desk import judging, room, showing

app_name = "readings"

urlpatterns = [
    path("", room.Room.as_view(), name="index"),
    path("upload/", room.upload, name="upload"),
    path("compare/", showing.Compare.as_view(), name="compare"),
    path("compare.<str:format>", showing.compare_export, name="compare-export"),
    path("<int:pk>/", showing.Page.as_view(), name="reading"),
    path("<int:pk>/export.<str:format>", showing.export, name="export"),
    path("<int:pk>/file/", showing.original, name="file"),
    path("<int:pk>/correct/", judging.correct, name="correct"),
    path("<int:pk>/findings/<int:number>/", judging.decide, name="decide"),
    path("<int:pk>/facts/", judging.Facts.as_view(), name="facts"),
    path("<int:pk>/read-again/", judging.read_again, name="read-again"),
    path("<int:pk>/discard/", judging.discard, name="discard"),
]
