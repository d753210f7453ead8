"""Public addresses of annual reports. They are printed in newspapers and never change."""

from django.urls import path

from gongkai.oversight.reports.portal import views

app_name = "portal_reports"

urlpatterns = [
    path("", views.index, name="index"),
    path("years/<int:year>/", views.year, name="year"),
    path("<int:organisation>/", views.organisation, name="organisation"),
    path("<int:organisation>/figures.<str:format>", views.figures, name="figures"),
    path("<int:organisation>/<int:year>/", views.report, name="report"),
    path("<int:organisation>/<int:year>/report.<str:format>", views.download, name="download"),
    path("<int:organisation>/<int:year>/units/", views.units, name="units"),
    path("<int:organisation>/<int:year>/units.<str:format>", views.units_data, name="units-data"),
]
