"""The API against its own description: whatever is sent, the desk answers, and never with a failure of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from reportedly.app import create_app
from reportedly.cli import wiring
from reportedly.settings import Settings

pytestmark = pytest.mark.slow

LISTS = ("/", "/incidents", "/documents", "/claims", "/map", "/timeline", "/search", "/actors", "/log")
FIELDS = ("q", "actor", "from", "to", "bbox", "type", "status", "precision", "country", "page", "claim")
BOUNDED = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)


@pytest.fixture(scope="module")
def case(sample_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample that may be written to."""
    path = tmp_path_factory.mktemp("api") / "api.case"
    shutil.copy(sample_case, path)
    return path


def test_no_input_makes_the_api_fail(case: Path) -> None:
    """Every operation with generated bodies, paths and queries, with the token and without."""
    desk = wiring.desk(str(case), "api", Settings())
    app = create_app(desk)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    tried = []
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path == "/api/reread":
            continue  # reads texts for seconds each time; its own test stands in test_desk
        tried.append(operation.label)

        @BOUNDED
        @given(operation_case=operation.as_strategy())
        def attempt(operation_case: schemathesis.Case) -> None:
            operation_case.headers["X-Desk-Token"] = desk.token
            operation_case.call_and_validate(checks=[not_a_server_error])

        attempt()
    assert len(tried) > 20


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(
        ["/", "/incidents", "/documents", "/claims", "/map", "/timeline", "/search", "/actors", "/log"]
    ),
    query=st.dictionaries(
        st.sampled_from(
            ["q", "actor", "from", "to", "bbox", "type", "status", "precision", "country", "page", "claim"]
        ),
        st.text(max_size=40),
        max_size=4,
    ),
)
def test_no_query_makes_a_page_fail(case: Path, path: str, query: dict[str, str]) -> None:
    """Pages answer odd questions with a page, or say what is wrong with them."""
    client = TestClient(create_app(wiring.desk(str(case), "api", Settings())), raise_server_exceptions=False)
    for kind in ("", ".json", ".csv"):
        assert client.get(f"{path}{kind}" if path != "/" else f"/index{kind}", params=query).status_code < 500
