"""An office whose units owe what a standard directory asks for."""

from datetime import date

import pytest
from tests.factories.directories import DEADLINES, adopted, line
from tests.factories.information import publishing_office

from gongkai.domain.directory import actions
from gongkai.foundation import clock


@pytest.fixture
def office(db):
    """A county's office on 10 April 2026, with what is owed that year."""
    made = publishing_office(level="county")
    made.directory = adopted(made.city, [line(second) for second in DEADLINES], by=made.office)
    actions.assign_named(made.directory, by=made.office)
    with clock.moved_to(date(2026, 4, 10)):
        actions.generate(made.city, year=2026, by=made.office)
    return made
