"""Why a participant's numbers are what they are: question by question, and the arithmetic.

From the very functions that make `participant_data.csv`, so that it can't tell another story.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from turnout.domain.conversation import Entry
from turnout.domain.progress import Progress, progress_of, was_present
from turnout.domain.refusals import Refused
from turnout.exports.csv_file import time_text
from turnout.exports.participant_data import ANONYMOUS, Outcome, absence, outcome
from turnout.exports.snapshot import AnswerRow, LinkRow, ParticipantRow, Snapshot

NOT_LISTED = Refused("unlisted", "There is nobody with this number or link in these files.")
NOT_IN_IT = "Joined, but was not connected in this run, so its file has no row for them."


Counts = Literal["answered", "present", "absent", "withdrawn", "skipped", "unsent"]
"""What a question counts for somebody. The last three count for nobody."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the guide. `position` counts the guide's questions from 1; `counts` says what
    it counts for, and `why` the same in a sentence. `answered_at`: milliseconds since 1970; `late`
    and `muted` are about the answer."""

    question: int
    position: int
    text: str
    asked: bool
    present: bool
    answered: bool
    counts: Counts
    answered_at: int | None
    late: bool
    muted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`number`: by first hello, None for a link that nobody joined with (then there are no lines).
    `progress` is None where the file has no numbers; `outcome` is None where it has no row."""

    number: int | None
    pid: str
    outcome: Outcome | None
    reason: str | None
    progress: Progress | None
    lines: tuple[Line, ...]
    arithmetic: tuple[str, ...]


def explain(snapshot: Snapshot, who: int | str) -> Refused | Explanation:
    """`who`: a participant's number, or a pid as it stands in the files. `snapshot`: `of_run`.
    Refused (`anonymous`) for the single link, and (`unlisted`) if there is nobody."""
    if snapshot.conversation.settings.links == "single":
        return ANONYMOUS
    for row in snapshot.participants:
        if who in (row.number, row.pid):
            return _explained(snapshot, row)
    for link in snapshot.links:
        if who == link.pid:
            return _absent(link)
    return NOT_LISTED


def _absent(link: LinkRow) -> Explanation:
    if link.joined_at is not None:
        return Explanation(None, link.pid, None, None, None, (), (NOT_IN_IT,))
    code = link.turned_away
    why = (
        "Nobody joined with this link, so there is nothing to compute."
        if code is None
        else f"Nobody joined with this link; the last try was turned away: {code}."
    )
    return Explanation(None, link.pid, absence(link), code, None, (), (why,))


def _explained(snapshot: Snapshot, person: ParticipantRow) -> Explanation:
    answers = {row.question: row for row in snapshot.answers if row.participant == person.number}
    progress = progress_of(snapshot.conversation, answers.keys(), person.attended)
    questions = [entry for entry in snapshot.conversation.entries if entry.item.is_question]
    counts = {entry.item.id for entry in snapshot.conversation.asked}
    return Explanation(
        person.number,
        person.pid,
        outcome(snapshot, person, progress),
        None,
        progress,
        tuple(
            _line(entry, position, entry.item.id in counts, answers.get(entry.item.id), person)
            for position, entry in enumerate(questions, start=1)
        ),
        _arithmetic(progress),
    )


def _line(
    entry: Entry, position: int, asked: bool, answer: AnswerRow | None, person: ParticipantRow
) -> Line:
    connected = was_present(entry.windows, person.attended)
    why = _why(answer, connected) if asked else _why_not(entry, answer)
    return Line(
        question=entry.item.id,
        position=position,
        text=entry.item.text,
        asked=asked,
        present=asked and (connected or answer is not None),
        answered=answer is not None,
        counts=_counts(answer, connected) if asked else _counts_not(entry),
        answered_at=None if answer is None else answer.answered_at,
        late=answer is not None and answer.late,
        muted=answer is not None and answer.muted,
        why=why,
    )


def _counts(answer: AnswerRow | None, connected: bool) -> Counts:
    if answer is not None:
        return "answered"
    return "present" if connected else "absent"


def _counts_not(entry: Entry) -> Counts:
    if entry.status == "withdrawn":
        return "withdrawn"
    return "skipped" if entry.status == "skipped" else "unsent"


def _why(answer: AnswerRow | None, connected: bool) -> str:
    if answer is not None:
        late = ", late but within the grace" if answer.late else ""
        muted = " Muted answers count like all others." if answer.muted else ""
        away = "" if connected else " Answered, so present, though no connection was recorded."
        return (
            f"Answered at {time_text(answer.answered_at)}{late}: counts as answered.{muted}{away}"
        )
    if connected:
        return "Connected while it was open and did not answer: counts as asked and as present."
    return "Not connected while it was open: counts as asked, as for everybody, not as present."


def _why_not(entry: Entry, answer: AnswerRow | None) -> str:
    if entry.status == "withdrawn":
        stays = "" if answer is None else " The answer stays in answers.csv, marked."
        return f"It was taken back, so it counts for nobody.{stays}"
    if entry.status == "skipped":
        return "It was skipped, so it counts for nobody."
    return "It was never sent, so it counts for nobody."


def _arithmetic(progress: Progress) -> tuple[str, ...]:
    if not progress.asked:
        return ("Nothing was asked, so there is no percentage: neither 0 nor 100.",)
    of_all = (
        f"percent_answered = floor(100 x {progress.answered} answered / {progress.asked} asked) = "
        f"{progress.percent_answered}"
    )
    if not progress.present:
        return of_all, "percent_while_present is empty: present at no question."
    of_present = (
        f"percent_while_present = floor(100 x {progress.answered_while_present} answered / "
        f"{progress.present} present) = {progress.percent_while_present}"
    )
    return of_all, of_present
