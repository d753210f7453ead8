"""Addresses at the desk."""

from django.urls import path

from gongkai.site.api.desk import views

app_name = "exchange_keys"

urlpatterns = [
    path("", views.KeysView.as_view(), name="index"),
    path("new/", views.NewKeyView.as_view(), name="new"),
    path("<int:key>/revoke/", views.RevokeView.as_view(), name="revoke"),
]
