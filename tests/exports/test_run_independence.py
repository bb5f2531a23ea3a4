"""A run's files never change once its end and grace are past, whatever later runs bring."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.worlds import reopened
from turnout.domain.refusals import Refused
from turnout.exports.bundle import bundle, dated
from turnout.exports.files import BUNDLE, NAMES, Options, pieces
from turnout.exports.runs import of_run
from turnout.exports.snapshot import Snapshot

PUBLIC = "https://turnout.example"


def whole(made: Iterable[bytes] | Refused) -> bytes | str:
    return made.why if isinstance(made, Refused) else b"".join(made)


def files(taken: Snapshot, run: int) -> dict[str, object]:
    """Every file of a run, as bytes."""
    options = Options(PUBLIC, run, include_all=True)
    part = of_run(taken, run)
    found: dict[str, object] = {
        name: whole(pieces(name, part, options)) for name in NAMES if name != BUNDLE
    }
    entries = {name: b"".join(made) for name, made in bundle(part, options)}
    return found | {BUNDLE: (entries, dated(part))}


@settings(max_examples=40)
@given(reopened())
def test_a_later_flex_changes_no_byte_of_an_earlier_runs_files(
    worlds: tuple[Snapshot, ...],
) -> None:
    for run in (1, 2):
        once = files(worlds[run - 1], run)
        for later in worlds[run:]:
            assert files(later, run) == once


@settings(max_examples=40)
@given(reopened(links="single"))
def test_nor_in_an_anonymous_conversation(worlds: tuple[Snapshot, ...]) -> None:
    for run in (1, 2):
        assert files(worlds[2], run) == files(worlds[run - 1], run)


@settings(max_examples=40)
@given(reopened(), st.sampled_from([1, 2, 3, None]))
def test_percentages_of_every_run_are_possible(
    worlds: tuple[Snapshot, ...], run: int | None
) -> None:
    entries = {
        name: b"".join(made) for name, made in bundle(of_run(worlds[2], run), Options(PUBLIC, run))
    }
    readme = entries["README.txt"].decode()
    sums = next(line for line in readme.splitlines() if "= sum of questions_answered" in line)
    numbers = {part.split()[0] for part in sums.split(" = ") if part[:1].isdigit()}
    assert len(numbers) == 1, sums
