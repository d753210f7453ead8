"""Makers of things for tests: a city, its bureaus, its people."""

from tests.factories.organisations import (
    OrganisationFactory,
    PostFactory,
    UserFactory,
    city,
    reader,
)

__all__ = ["OrganisationFactory", "PostFactory", "UserFactory", "city", "reader"]
