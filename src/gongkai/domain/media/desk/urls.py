"""Addresses of the screens."""

from django.urls import path

from gongkai.domain.media.desk import acting, inspecting, register

app_name = "media"
urlpatterns = [
    path("", register.Index.as_view(), name="index"),
    path("register.xlsx", register.export, name="export"),
    path("sites/open/", acting.OpenSite.as_view(), name="open-site"),
    path("accounts/open/", acting.OpenAccount.as_view(), name="open-account"),
    path("sites/<int:key>/", register.SitePage.as_view(), name="site"),
    path("sites/<int:key>/amend/", acting.AmendSite.as_view(), name="amend-site"),
    path("sites/<int:key>/columns/", acting.Columns.as_view(), name="columns"),
    path("sites/<int:key>/inspect/", inspecting.ask, name="inspect-site"),
    path("accounts/<int:key>/", register.AccountPage.as_view(), name="account"),
    path("accounts/<int:key>/amend/", acting.AmendAccount.as_view(), name="amend-account"),
    path("accounts/<int:key>/merge/", acting.Merge.as_view(), name="merge"),
    path("accounts/<int:key>/inspect/", inspecting.ask_account, name="inspect-account"),
    path("<str:kind>/<int:key>/rename/", acting.Rename.as_view(), name="rename"),
    path("<str:kind>/<int:key>/move/", acting.Move.as_view(), name="move"),
    path("<str:kind>/<int:key>/close/", acting.Close.as_view(), name="close"),
    path("inspections/<int:key>/", inspecting.Sheet.as_view(), name="inspection"),
    path("inspections/<int:key>/judge/", inspecting.judge, name="judge"),
    path("inspections/<int:key>/conclude/", inspecting.conclude, name="conclude"),
    path("inspections/<int:key>/sheet.xlsx", inspecting.export, name="inspection-export"),
]
