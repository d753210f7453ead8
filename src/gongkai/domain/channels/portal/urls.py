"""Public addresses of gazettes. They are cited and never change."""

from django.urls import path

from gongkai.domain.channels.portal import gazettes

app_name = "gazettes"

urlpatterns = [
    path("", gazettes.index, name="index"),
    path("<int:organisation>/<int:year>/<int:number>/", gazettes.gazette, name="gazette"),
    path("<int:organisation>/<int:year>/<int:number>/gazette.pdf", gazettes.file, name="file"),
]
