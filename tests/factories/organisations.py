"""Organisations, people, posts."""

from datetime import date
from types import SimpleNamespace

import factory

from gongkai.domain.organisations.models import Guide, Name, Organisation, Post
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

PASSWORD = "秋水共长天一色-2024"


class OrganisationFactory(factory.django.DjangoModelFactory):
    """``OrganisationFactory(parent=city, name="云川市财政局")``."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"云川市第{n}局")
    kind = "department"
    level = "prefecture"

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        made = Organisation(**kwargs)
        if parent is None:
            Organisation.add_root(instance=made)
        else:
            Organisation.objects.get(pk=parent.pk).add_child(instance=made)
        Name.objects.create(organisation=made, name=made.name, short=made.short, since=made.founded)
        Guide.objects.create(organisation=made)
        return made


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in with ``PASSWORD``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"张{n}")
    password = factory.django.Password(PASSWORD)


class PostFactory(factory.django.DjangoModelFactory):
    """``PostFactory(user=…, organisation=…, role="clerk")``."""

    class Meta:
        model = Post

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "clerk"
    since = date(2020, 1, 1)


def reader(role: str, organisation: Organisation) -> Reader:
    """Return somebody who holds *role* in *organisation*."""
    return Reader.of(PostFactory(role=role, organisation=organisation).user)


def city() -> SimpleNamespace:
    """Return a small city: ``top``, two bureaus, and a county with one bureau of its own."""
    top = OrganisationFactory(name="云川市人民政府", short="云川市", kind="government")
    finance = OrganisationFactory(parent=top, name="云川市财政局", short="市财政局")
    housing = OrganisationFactory(parent=top, name="云川市住房和城乡建设局", short="市住建局")
    county = OrganisationFactory(
        parent=top, name="石桥县人民政府", short="石桥县", kind="government", level="county"
    )
    county_finance = OrganisationFactory(
        parent=county, name="石桥县财政局", short="县财政局", level="county"
    )
    return SimpleNamespace(
        top=top, finance=finance, housing=housing, county=county, county_finance=county_finance
    )
