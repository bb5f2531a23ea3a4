from itertools import pairwise

import pytest

from tests.docs.markdown import read, rows, section
from turnout.rehearsal.faults import FAULTS, Fault, UnknownFault, blows, parse_faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ()),
        (" , ", ()),
        ("kill", (Fault("kill"),)),
        (" KILL=3 ", (Fault("kill", 3),)),
        ("kill,", (Fault("kill"),)),
        ("second-device=2,late", (Fault("late"), Fault("second-device", 2))),
    ],
)
def test_a_list_of_faults_is_read(text: str, faults: tuple[Fault, ...]) -> None:
    assert parse_faults(text) == faults


def test_all_names_every_fault_and_others_beside_it_keep_their_number() -> None:
    everything = parse_faults("drop=7,all")
    assert not isinstance(everything, UnknownFault)
    assert [fault.name for fault in everything] == list(FAULTS)
    assert {fault.name: fault.times for fault in everything if fault.times} == {"drop": 7}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("explode", "'explode' is no fault"),
        ("kill,flood", "'flood' is no fault"),
        ("all=3", "'all=3' is no fault"),
        ("kill=many", "'kill=many' is no fault"),
        ("kill;kill", "'kill;kill' is no fault"),
        ("kill,kill=2", "twice"),
        ("late,drop,late", "'late' stands twice"),
        ("kill=0", "from 1 to 1,000 times, not 0"),
        ("kill=1001", "not 1001"),
        ("flex=0", "flex takes from 1 to 100,000 times, not 0"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, why: str) -> None:
    refused = parse_faults(text)
    assert isinstance(refused, UnknownFault)
    assert why in refused.why


def test_what_is_refused_tells_every_name() -> None:
    refused = parse_faults("x")
    assert isinstance(refused, UnknownFault)
    assert all(name in refused.why for name in (*FAULTS, "all"))


def test_the_documentation_tells_of_every_fault_and_no_other() -> None:
    table = section(read("commands.md"), "Faults").text
    assert [cells[0] for cells in rows(table)] == [f"`{name}`" for name in FAULTS]


def test_where_no_number_is_given_it_is_a_part_of_the_robots() -> None:
    assert (Fault("kill").among(600), Fault("kill", 3).among(600)) == (20, 3)
    assert (Fault("late").among(600), Fault("late").among(3)) == (60, 1)


def test_blows_are_seeded_and_in_order() -> None:
    planned = blows(20, range(1, 117), seed=3)
    assert planned == blows(20, range(1, 117), seed=3)
    assert planned != blows(20, range(1, 117), seed=4)
    assert len({blow.number for blow in planned}) == 20
    assert all((a.number, a.fraction) < (b.number, b.fraction) for a, b in pairwise(planned))
    assert all(0 < blow.fraction < 1 for blow in planned)


def test_more_blows_than_questions_fall_several_on_one() -> None:
    planned = blows(7, [4, 9], seed=1)
    assert len(planned) == 7
    assert {blow.number for blow in planned} == {4, 9}


def test_where_nobody_answers_nothing_is_struck() -> None:
    assert blows(3, [], seed=1) == ()
