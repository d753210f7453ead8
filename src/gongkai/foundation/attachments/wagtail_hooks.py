"""Entries of the desk."""

from django.urls import URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the uploads under /desk/attachments/."""
    return [path("attachments/", include("gongkai.foundation.attachments.desk.urls"))]
