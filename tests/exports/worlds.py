"""Conversations of any history with people, answers and links, for properties of all files."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.domain.examples import DAY, MINUTE, T0, beginning, settings
from tests.domain.histories import Press, histories, press, presses, reopen
from tests.exports.examples import answer, person, pid, snapshot
from turnout.domain.answers import Body
from turnout.domain.commands import End, Publish, Start
from turnout.domain.conversation import Conversation, LinkKind
from turnout.domain.events import Recorded, Removed, fold, record
from turnout.domain.guide import Message, Number, OpenText, Question, Scale, SingleChoice
from turnout.domain.progress import Span
from turnout.exports.snapshot import AnswerRow, LinkRow, ParticipantRow, Snapshot

PEOPLE, LINKS = 4, 6
CODES = ("full", "over", "other_device")


def body_for(question: Question) -> Body:
    match question:
        case SingleChoice():
            return Body(option=1)
        case OpenText():
            return Body(text="=x")
        case Number() | Scale():
            return Body(number=question.min)
        case _:
            return Body(options=(1,))


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Any history, up to six people who came and went, and answers to what was sent."""
    events: Sequence[Recorded] = draw(histories())
    conversation = fold(events)
    moments = st.integers(T0, events[-1].at)
    people: list[ParticipantRow] = []
    given: list[AnswerRow] = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        pairs = draw(st.lists(st.tuples(moments, moments), max_size=3))
        spans = [Span(min(pair), max(pair)) for pair in sorted(pairs)]
        people.append(person(number, *spans, removed=draw(st.booleans())))
        for entry in conversation.entries:
            content = entry.item.content
            if entry.was_sent and not isinstance(content, Message) and draw(st.booleans()):
                given.append(answer(entry.item.id, number, body_for(content)))
    return snapshot(conversation, people, given, links=8, at=events[-1].at + MINUTE)


@st.composite
def reopened(draw: st.DrawFn, links: LinkKind = "unique") -> tuple[Snapshot, ...]:
    """One conversation as the store had it after its first run, its second, and its third: live and
    two times flex, with whatever moderators, participants and strangers did in each."""
    events = list(beginning(chosen=settings(links=links)))
    now = T0
    for one in (Press(Publish), Press(Start)):
        events += press(fold(events), one, now)
    ends: list[tuple[Recorded, ...]] = []
    for run in range(3):
        if run:
            now += 10 * MINUTE
            events += press(fold(events), Press(reopen), now)
        for one in draw(st.lists(presses, max_size=8)):
            now += one.wait
            events += press(fold(events), one, now)
        for number in draw(st.sets(st.integers(1, PEOPLE), max_size=1)):
            events.append(record(fold(events), Removed(number), now))
        now += MINUTE
        events += press(fold(events), Press(End), now)
        ends.append(tuple(events))
    facts = _facts(draw, fold(events))
    return tuple(_at(facts, run, history) for run, history in enumerate(ends, start=1))


class _Facts:
    """What happened, by run."""

    def __init__(self) -> None:
        self.spans: dict[int, dict[int, Span]] = {}
        self.changes: dict[int, dict[int, int]] = {}
        self.codes: dict[int, dict[int, str]] = {}
        self.answers: list[AnswerRow] = []


def _facts(draw: st.DrawFn, conversation: Conversation) -> _Facts:
    facts = _Facts()
    runs = range(1, len(conversation.runs) + 1)
    for number in range(1, LINKS + 1):
        codes = draw(st.dictionaries(st.sampled_from(runs), st.sampled_from(CODES)))
        facts.codes[number] = codes
    for number in range(1, PEOPLE + 1):
        came = draw(st.sets(st.sampled_from(runs), min_size=1))
        facts.spans[number] = {}
        for run in came:
            bounds = conversation.runs[run - 1]
            moments = st.integers(bounds.since, bounds.until)
            pair = sorted((draw(moments), draw(moments)))
            facts.spans[number][run] = Span(*pair)
        facts.changes[number] = draw(st.dictionaries(st.sampled_from(sorted(came)), st.just(1)))
        facts.answers += _answers(draw, conversation, number, sorted(came))
    return facts


def _answers(
    draw: st.DrawFn, conversation: Conversation, number: int, came: Sequence[int]
) -> list[AnswerRow]:
    """Each question in one of the runs that it could be answered in, or in none."""
    found: list[AnswerRow] = []
    for run in came:
        state = conversation.after_run(run)
        done = {row.question for row in found}
        for entry in state.entries:
            content = entry.item.content
            if entry.item.id in done or not entry.was_sent or isinstance(content, Message):
                continue
            if draw(st.booleans()):
                row = answer(entry.item.id, number, body_for(content))
                found.append(replace(row, run=run, shown_rev=state.rev))
    return found


def _at(facts: _Facts, run: int, history: tuple[Recorded, ...]) -> Snapshot:
    """What the store holds a day after this run's end."""
    conversation = fold(history)
    out = {one.event.participant for one in history if isinstance(one.event, Removed)}
    people: list[ParticipantRow] = []
    for number, spans in facts.spans.items():
        attended = [spans[one] for one in sorted(spans) if one <= run]
        if not attended:
            continue
        changes = facts.changes[number]
        counts = [sum(changes.get(one, 0) for one in range(1, r + 1)) for r in range(1, run + 1)]
        row = person(number, *attended, removed=number in out, joined=attended[0].since)
        by = tuple((r, count) for r, count in enumerate(counts[:-1], start=1) if count)
        people.append(replace(row, device_changes=counts[-1], device_changes_by=by))
    joined = {row.number: row.first_joined_at for row in people}
    links: list[LinkRow] = []
    for number, codes in facts.codes.items():
        last = [
            next((codes[one] for one in range(r, 0, -1) if one in codes), None)
            for r in range(1, run + 1)
        ]
        by_run = tuple((r, code) for r, code in enumerate(last[:-1], start=1) if code is not None)
        code = None if number in joined else last[-1]
        links.append(LinkRow(number, pid(number), joined.get(number), code, turned_away_by=by_run))
    given = [row for row in facts.answers if row.run <= run]
    taken = snapshot(conversation, people, given, at=history[-1].at + DAY)
    return replace(taken, links=tuple(links), history=history)
