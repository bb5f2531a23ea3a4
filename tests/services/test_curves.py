"""The curve: rows for what was before anybody looked, the clock for what came since."""

from dataclasses import replace

from tests.domain.examples import SINGLE, T0, asked
from turnout.domain.answers import Body
from turnout.domain.progress import Span
from turnout.exports.snapshot import AnswerRow, ParticipantRow, Snapshot
from turnout.services.curves import MOST, QUARTER, Curve

NOON = (T0 // QUARTER + 10) * QUARTER
"""The end of a moment, ten after the start."""


def attended(*spans: tuple[int, int], number: int = 1) -> ParticipantRow:
    """Somebody who was here at these moments after the start."""
    begin = NOON - 10 * QUARTER
    rows = tuple(Span(begin + since * QUARTER, begin + until * QUARTER) for since, until in spans)
    return ParticipantRow(number, "p", T0, 0, removed=False, attended=rows)


def answered(at: int) -> AnswerRow:
    return AnswerRow(SINGLE, 1, Body(option=1), 1, at, late=False, muted=False, aseq=1)


def snapshot(*people: ParticipantRow, answers: tuple[AnswerRow, ...] = ()) -> Snapshot:
    conversation = asked(2)
    run = replace(conversation.runs[0], since=NOON - 10 * QUARTER)
    return Snapshot(NOON, "talk", replace(conversation, runs=(run,)), (), people, answers)


def here(curve: Curve) -> list[int]:
    return [moment.here for moment in curve.moments(whole=True)]


def test_what_was_before_is_known_from_attendance() -> None:
    curve = Curve(
        snapshot(
            attended((0, 4), (2, 5), (8, 10)),  # two devices at once are one person
            attended((1, 2), number=2),
        )
    )
    assert here(curve) == [2, 2, 1, 1, 1, 0, 0, 1, 1, 1]


def test_who_is_still_here_was_so_until_now() -> None:
    curve = Curve(snapshot(attended((0, 4)), attended((1, 2), number=2)), here={1})
    assert here(curve) == [2, 2, 1, 1, 1, 1, 1, 1, 1, 1]


def test_answers_stand_where_they_came() -> None:
    begin = NOON - 10 * QUARTER
    curve = Curve(snapshot(answers=(answered(begin), answered(begin + 1), answered(NOON - 1))))
    assert [moment.answers for moment in curve.moments(whole=True)] == [2, *[0] * 8, 1]
    assert curve.moments(whole=True)[0].at == begin


def test_only_what_is_over_and_new_is_told() -> None:
    curve = Curve(snapshot(attended((0, 10))))
    curve.observe(5, NOON)
    curve.add([answered(NOON)])
    assert curve.moments(whole=False) == []
    curve.observe(7, NOON + QUARTER)
    assert [(m.at, m.here, m.answers) for m in curve.moments(whole=False)] == [(NOON, 7, 1)]
    curve.told()
    assert curve.moments(whole=False) == []
    curve.add([answered(NOON)])  # from a phone that was offline, by its first arrival
    assert [m.answers for m in curve.moments(whole=False)] == [2]


def test_two_hours_are_kept() -> None:
    curve = Curve(snapshot())
    for minute in range(3 * 60):
        curve.observe(1, NOON + minute * 4 * QUARTER)
    assert len(curve.moments(whole=True)) == MOST
