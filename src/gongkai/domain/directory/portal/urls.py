"""Public addresses of standard directories."""

from django.urls import path

from gongkai.domain.directory.portal import views

app_name = "public_directory"

urlpatterns = [
    path("directories/", views.index, name="index"),
    path("directories/<int:key>/", views.directory, name="directory"),
    path("directories/<int:key>/directory.xlsx", views.download, name="download"),
    path("directories/<int:key>/calendar.ics", views.public_calendar, name="calendar"),
    path("directories/<int:key>/<slug:field>/", views.field, name="field"),
    path("calendars/<str:secret>.ics", views.unit_calendar, name="unit_calendar"),
]
