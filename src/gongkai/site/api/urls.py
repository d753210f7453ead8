"""Addresses of the open data."""

from django.urls import path, re_path

from gongkai.site.api import dumps, views
from gongkai.site.api.routes import api

api_patterns = [
    path("api/v1/", views.documentation, name="open_data"),
    path("api/v1/catalog.jsonld", views.catalog, name="open_data_catalog"),
    path("api/v1/", api.urls),
    re_path(r"^api/", views.unknown),
]
dump_patterns = [
    path("data/", dumps.index, name="open_data_dumps"),
    path("data/items/<int:number>.<str:format>", dumps.items, name="open_data_items"),
    path("data/<str:name>.<str:format>", dumps.whole, name="open_data_whole"),
]
urlpatterns = [*api_patterns, *dump_patterns]
