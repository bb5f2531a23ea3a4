from itertools import pairwise

import pytest

from turnout.rehearsal.faults import Kill, UnknownFault, blows, parse_faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [("", ()), (" , ", ()), ("kill", (Kill(20),)), (" KILL=3 ", (Kill(3),)), ("kill,", (Kill(),))],
)
def test_a_list_of_faults_is_read(text: str, faults: tuple[Kill, ...]) -> None:
    assert parse_faults(text) == faults


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("explode", "'explode' is no fault"),
        ("kill,late", "'late' is no fault"),
        ("kill=many", "'kill=many' is no fault"),
        ("kill;kill", "'kill;kill' is no fault"),
        ("kill,kill=2", "twice"),
        ("kill=0", "from 1 to 1,000 times, not 0"),
        ("kill=1001", "not 1001"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, why: str) -> None:
    refused = parse_faults(text)
    assert isinstance(refused, UnknownFault)
    assert why in refused.why


def test_blows_are_seeded_and_in_order() -> None:
    planned = blows(Kill(20), range(1, 117), seed=3)
    assert planned == blows(Kill(20), range(1, 117), seed=3)
    assert planned != blows(Kill(20), range(1, 117), seed=4)
    assert len({blow.number for blow in planned}) == 20
    assert all((a.number, a.fraction) < (b.number, b.fraction) for a, b in pairwise(planned))
    assert all(0 < blow.fraction < 1 for blow in planned)


def test_more_blows_than_questions_fall_several_on_one() -> None:
    planned = blows(Kill(7), [4, 9], seed=1)
    assert len(planned) == 7
    assert {blow.number for blow in planned} == {4, 9}


def test_where_nobody_answers_nothing_is_struck() -> None:
    assert blows(Kill(3), [], seed=1) == ()
