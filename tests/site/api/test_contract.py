"""The open interface keeps what its OpenAPI document promises, whatever it is asked."""

import pytest
import schemathesis
from django.core.cache import cache
from hypothesis import given, seed
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from requests import PreparedRequest
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.factories.directories import adopted, line
from tests.factories.information import published, publishing_office

from gongkai.domain.information.actions import withdraw

pytestmark = pytest.mark.django_db
EXAMPLES = 12
"""For each operation: half as the document asks, half against it."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def send(client, case):
    """Ask what *case* asks, in this process; return the answer as schemathesis judges it."""
    told = case.as_transport_kwargs(base_url="http://testserver")
    request = PreparedRequest()
    request.prepare(**{name: told.get(name) for name in ("method", "url", "headers", "params")})
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()
    }
    answer = client.generic(case.method, request.path_url, **headers)
    told_back = {name.lower(): [value] for name, value in answer.items()}
    return Response(answer.status_code, told_back, answer.content, request, 0.0, verify=False)


def ways(operation, there):
    """Return the strategies of *operation*: as the document asks, against it, and with a key that is *there*."""
    made = [operation.as_strategy(mode) for mode in GenerationMode]
    if key := there.get(operation.full_path):
        made.append(operation.as_strategy(path_parameters={"key": key}))
    return made


def test_every_answer_is_one_that_the_document_describes(client, settings, tmp_path):
    settings.GONGKAI_PUBLIC = None
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    office = publishing_office()
    items = [published(office, title=f"第{n}号公告") for n in range(3)]
    withdraw(items[0], by=office.office, reason="内容有误")
    adopted(office.bureau, [line("防汛")])
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    operations = [found.ok() for found in schema.get_all_operations()]
    # what a made-up key seldom finds
    there = {"/api/v1/items/{key}": items[1].pk, "/api/v1/organisations/{key}": office.bureau.pk}
    statuses = set()

    def judged(case):
        cache.clear()  # or the limit of a minute would be reached
        answer = send(client, case)
        case.validate_response(answer, checks=CHECKS)
        return answer.status_code

    @seed(0)
    @hypothesis(max_examples=EXAMPLES * len(operations), deadline=None, database=None)
    @given(st.one_of(way for operation in operations for way in ways(operation, there)))
    def kept(case):
        statuses.add(judged(case))

    kept()

    assert statuses >= {200, 404, 422}
    assert len(operations) >= 9
    for operation in operations:
        key = there.get(operation.full_path)
        assert judged(operation.Case(path_parameters={"key": key} if key else {})) == 200
