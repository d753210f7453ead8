"""Which parts of the site map and the dumps there are."""

import pytest
from tests.factories.information import drafted, published, publishing_office

from gongkai.domain.information.models import Item
from gongkai.domain.information.ranges import public_ranges


@pytest.mark.django_db
def test_a_range_counts_where_something_in_it_is_public():
    assert public_ranges(2) == []
    office = publishing_office()
    first = published(office).pk
    drafts = [drafted(office).pk for _ in range(3)]
    last = published(office).pk
    assert public_ranges(1) == [first, last]
    assert not set(drafts) & set(public_ranges(1))
    for size in (2, 3, 1000):
        assert public_ranges(size) == Item.objects.public().ranges(size)
