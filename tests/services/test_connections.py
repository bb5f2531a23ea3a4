"""Saying goodbye."""

from tests.services.recorder import Recorder
from turnout.services.connections import DRAINED, farewell


def test_a_farewell_says_why_and_then_closes() -> None:
    connection = Recorder()
    farewell(connection, DRAINED, "Back soon.")
    assert connection.messages == [{"t": "bye", "code": 4000, "why": "Back soon."}]
    assert connection.code == 4000


def test_a_farewell_says_when_to_come_back_where_that_is_known() -> None:
    connection = Recorder()
    farewell(connection, DRAINED, "Later.", 2_000)
    assert connection.messages[0]["retry_ms"] == 2_000
