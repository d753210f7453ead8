"""Public addresses of the disclosure section; ``addresses`` writes them."""

from django.urls import path

from gongkai.domain.information.portal import views

app_name = "portal_information"

urlpatterns = [
    path("items/<int:folder>/<int:key>/", views.item, name="item"),
    path("items/<int:folder>/<int:key>/code.svg", views.code, name="code"),
    path("items/<int:folder>/<int:key>/files/<str:name>", views.file, name="file"),
    path("columns/<int:key>/", views.column, name="column"),
    path("columns/<int:key>/<int:number>/", views.column, name="column-page"),
    path("columns/<int:key>/feed.xml", views.column_feed, name="column-feed"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<int:key>/", views.organisation, name="organisation"),
    path("organisations/<int:key>/feed.xml", views.organisation_feed, name="organisation-feed"),
    path("organisations/<int:key>/<slug:section>/", views.part, name="part"),
    path("feed.xml", views.feed, name="feed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(
        "sitemap/organisations-<int:number>.xml", views.organisations_map, name="organisations-map"
    ),
    path("sitemap/items-<int:number>.xml", views.shard, name="shard"),
]
