"""The JSON API under schemathesis: requests made from its own description, good and bad."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from .conftest import Visitor

EXAMPLES = 60
HOST = {"host": "127.0.0.1:8750"}
LIMITS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def described(candidate: Visitor) -> Any:
    """The API as its own description has it, in this process."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", candidate.client.app, headers=HOST)
    schema.config.update(base_url="http://127.0.0.1:8750")
    return schema


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("state", ["visitor", "settled", "studying"])
def test_no_request_breaks_the_api(
    request: pytest.FixtureRequest, state: str, mode: GenerationMode
) -> None:
    """Whatever is asked, before and during a course, the answer is as described and no 5xx."""
    candidate: Visitor = request.getfixturevalue(state)
    asked: list[int] = []
    operations = [found.ok() for found in described(candidate).get_all_operations()]
    if mode is GenerationMode.NEGATIVE:  # what takes no parameter cannot be asked wrongly
        operations = [one for one in operations if list(one.iter_parameters())]
    for operation in operations:
        _ask_of(operation, mode, asked)
    assert operations and len(asked) >= len(operations)
    if mode is GenerationMode.POSITIVE:
        assert set(asked) == {404 if state == "visitor" else 200}


def _ask_of(operation: Any, mode: GenerationMode, asked: list[int]) -> None:
    """Many requests to one operation; each answer's status goes into ``asked``."""

    @LIMITS
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        answer = case.call(headers=HOST)
        asked.append(answer.status_code)
        assert answer.status_code < 500, (case, answer.text)
        case.validate_response(answer)

    ask()
