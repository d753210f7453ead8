"""Addresses of the screens."""

from django.urls import path

from gongkai.foundation.jobs.desk import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobsView.as_view(), name="index"),
    path("<uuid:key>/", views.JobView.as_view(), name="job"),
    path("<uuid:key>/progress/", views.progress, name="progress"),
    path("<uuid:key>/stop/", views.stop, name="stop"),
    path("<uuid:key>/resume/", views.resume, name="resume"),
]
