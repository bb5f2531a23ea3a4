"""Whatever can happen can be written and read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.domain.answers import Body
from turnout.domain.conversation import (
    Settings,
)
from turnout.domain.events import (
    Closed,
    Created,
    Ended,
    Event,
    GuideSet,
    Opened,
    Published,
    Skipped,
    Started,
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
items = st.builds(Item, ids, texts, contents, texts, texts, texts, st.none() | ids, st.booleans())
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
    st.booleans(),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Created, settings),
    st.builds(GuideSet, st.lists(items, max_size=4).map(tuple)),
    st.just(Published()),
    st.just(Started()),
    st.builds(Opened, ids),
    st.builds(Closed, ids),
    st.builds(Skipped, ids),
    st.just(Ended()),
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
        event_from_text("reopened", "{}")


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
