"""Addresses of the screens."""

from django.urls import path

from gongkai.foundation.trail.desk import views

app_name = "trail"
urlpatterns = [
    path("", views.TrailView.as_view(), name="index"),
    path("verify/", views.verify, name="verify"),
    path("<int:number>/", views.RecordView.as_view(), name="record"),
]
