"""Whatever can happen can be written and read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.domain.answers import Body
from turnout.domain.conversation import Settings
from turnout.domain.events import (
    Added,
    Closed,
    Configured,
    Created,
    Edited,
    Ended,
    EndUndone,
    Event,
    GuideSet,
    Muted,
    Opened,
    Published,
    Released,
    Removed,
    Reopened,
    Skipped,
    Started,
    TakeoverAsked,
    Unmuted,
    Unpublished,
    Withdrawn,
)
from turnout.domain.guide import (
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.storage.events import (
    body_from_text,
    body_to_text,
    event_from_text,
    event_to_text,
)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
numbers = st.floats(-1e15, 1e15) | st.integers(-(10**15), 10**15)
ids = st.integers(1, 10**6)
options = st.lists(st.builds(Option, texts, st.booleans()), max_size=4).map(tuple)
contents = st.one_of(
    st.builds(Message),
    st.builds(OpenText),
    st.builds(SingleChoice, options, st.booleans(), st.booleans()),
    st.builds(MultipleChoice, options, st.booleans(), st.booleans()),
    st.builds(Number, numbers, numbers, numbers),
    st.builds(Scale, st.integers(-5, 5), st.integers(-5, 5), texts, texts),
)
items = st.builds(
    Item,
    ids,
    texts,
    contents,
    texts,
    texts,
    texts,
    st.none() | ids,
    auto_close=st.booleans(),
    onboarding=st.booleans(),
)
settings = st.builds(
    Settings,
    texts,
    st.integers(1, 100_000),
    st.sampled_from(("unique", "single")),
    st.booleans(),
    st.none() | st.integers(0, 2**53),
    texts,
    ids,
    st.integers(0, 600),
    auto_start=st.booleans(),
    people_may_move=st.booleans(),
    demo=st.booleans(),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Created, settings),
    st.builds(Configured, settings),
    st.builds(GuideSet, st.lists(items, max_size=4).map(tuple)),
    st.sampled_from((Published(), Unpublished(), Started(), EndUndone())),
    *(st.builds(one, ids) for one in (Opened, Closed, Skipped, Withdrawn, Reopened)),
    *(st.builds(one, ids) for one in (Muted, Unmuted, Removed, Released)),
    st.builds(Edited, items),
    st.builds(Added, items, st.none() | ids),
    st.builds(Ended, st.booleans()),
    st.builds(TakeoverAsked, ids, texts),
)
bodies = st.builds(
    Body,
    st.none() | ids,
    st.none() | st.lists(ids, max_size=4).map(tuple),
    st.none() | texts,
    st.none() | texts,
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@given(events)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    text = event_to_text(event)

    assert event_from_text(event.kind, text) == event
    assert "kind" not in json.loads(text)


@given(bodies)
def test_an_answer_comes_back_as_it_was(body: Body) -> None:
    assert body_from_text(body_to_text(body)) == body


def test_an_answer_takes_no_more_room_than_it_needs() -> None:
    assert body_to_text(Body(text="सहमत")) == '{"text":"सहमत"}'


def test_an_event_of_a_later_version_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        event_from_text("forked", "{}")


def test_what_the_first_version_wrote_is_still_read() -> None:
    """Texts as they stand in people's files: never change these, only add."""
    created = (
        '{"settings":{"title":"A","max_participants":9,"links":"unique","several_devices":false,'
        '"starts_at":null,"zone":"","duration":60,"grace":60,"demo":false}}'
    )
    guide = (
        '{"items":[{"id":1,"text":"Q","content":{"options":[{"text":"x","exclusive":true}],'
        '"other":true,"randomize":false,"type":"single_choice"},"section":"","tag":"","notes":"",'
        '"duration":null,"onboarding":false}]}'
    )
    choice = SingleChoice((Option("x", exclusive=True),), other=True)
    assert event_from_text("created", created) == Created(Settings("A", 9))
    assert event_from_text("guide_set", guide) == GuideSet((Item(1, "Q", choice),))
    assert event_from_text("opened", '{"item":1}') == Opened(1)
    # Only a moderator's hand ended anything then.
    assert event_from_text("ended", "{}") == Ended(by_hand=True)


def test_what_the_second_version_wrote_is_still_read() -> None:
    configured = (
        '{"settings":{"title":"A","max_participants":9,"links":"unique","several_devices":false,'
        '"starts_at":5,"zone":"UTC","duration":60,"grace":0,"auto_start":true,'
        '"people_may_move":true,"demo":false}}'
    )
    item = (
        '{"item":{"id":7,"text":"Q","content":{"type":"open_text"},"section":"","tag":"",'
        '"notes":"","duration":30,"auto_close":true,"onboarding":false}'
    )
    settings = Settings(
        "A", 9, starts_at=5, zone="UTC", grace=0, auto_start=True, people_may_move=True
    )
    asked = Item(7, "Q", OpenText(), duration=30, auto_close=True)
    for kind, text, event in (
        ("configured", configured, Configured(settings)),
        ("edited", item + "}", Edited(asked)),
        ("added", item + ',"after":null}', Added(asked, None)),
        ("ended", '{"by_hand":false}', Ended(by_hand=False)),
        ("reopened", '{"due":9}', Reopened(9)),
        ("muted", '{"participant":3}', Muted(3)),
        ("takeover_asked", '{"participant":3,"letters":"CDFH"}', TakeoverAsked(3, "CDFH")),
    ):
        assert event_from_text(kind, text) == event
        assert event_to_text(event) == text
