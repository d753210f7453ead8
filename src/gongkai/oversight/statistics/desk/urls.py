"""Addresses of statistics below /desk/statistics/."""

from django.urls import path

from gongkai.oversight.statistics.desk import dashboard, figures, indicators, visits

app_name = "statistics"
urlpatterns = [
    path("", dashboard.DashboardView.as_view(), name="dashboard"),
    path("items/", dashboard.ItemsView.as_view(), name="items"),
    path("visits/", visits.VisitsView.as_view(), name="visits"),
    path("monthly/", dashboard.MonthlyView.as_view(), name="monthly"),
    path("monthly/<int:key>/", dashboard.MonthReportView.as_view(), name="month-report"),
    path("figures/", figures.IndexView.as_view(), name="index"),
    path("indicators/", indicators.IndicatorsView.as_view(), name="indicators"),
    path("attachments/<int:key>/", figures.AttachmentView.as_view(), name="attachment"),
    path("withdraw/<int:key>/", figures.WithdrawView.as_view(), name="withdraw"),
    path("<int:unit>/<str:indicator>/", figures.HistoryView.as_view(), name="history"),
    path("<int:unit>/<str:indicator>/declare/", figures.DeclareView.as_view(), name="declare"),
]
