import random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from turnout import wire
from turnout.domain.answers import Body, checked
from turnout.domain.guide import (
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Question,
    Scale,
    SingleChoice,
)
from turnout.domain.refusals import Refused
from turnout.rehearsal.choices import plausible

options = st.lists(st.booleans(), min_size=0, max_size=6).map(
    lambda flags: tuple(Option(f"option {n}", flag) for n, flag in enumerate(flags))
)
questions: st.SearchStrategy[Question] = st.one_of(
    st.builds(
        lambda options, other: SingleChoice(options, other or not options), options, st.booleans()
    ),
    st.builds(
        lambda options, other: MultipleChoice(options, other or not options), options, st.booleans()
    ),
    st.just(OpenText()),
    st.builds(
        lambda low, steps, step: Number(low, low + steps * step, step),
        st.integers(-50, 50),
        st.integers(1, 40),
        st.sampled_from([0.5, 1, 5]),
    ),
    st.builds(lambda low, points: Scale(low, low + points), st.integers(-5, 5), st.integers(1, 10)),
)


def on_the_wire(question: Question) -> wire.Item:
    fields: dict[str, object] = {}
    if isinstance(question, SingleChoice | MultipleChoice):
        choices = [wire.Choice(option.text, option.exclusive) for option in question.options]
        fields = {"options": choices, "other": question.other}
    elif isinstance(question, Number | Scale):
        fields = {"min": question.min, "max": question.max}
        if isinstance(question, Number):
            fields["step"] = question.step
    return wire.Item(1, question.type, 1, "?", **fields)  # type: ignore[arg-type]


def from_the_wire(body: wire.Body) -> Body:
    def plain(value: object) -> object:
        if isinstance(value, list):
            return tuple(value)
        return None if value is UNSET else value

    names = ("option", "options", "other", "text", "number")
    return Body(**{name: plain(getattr(body, name)) for name in names})  # type: ignore[arg-type]


@given(questions, st.integers())
def test_every_plausible_answer_is_a_right_one(question: Question, seed: int) -> None:
    chance = random.Random(seed)
    item = on_the_wire(question)
    for _ in range(20):
        body = plausible(item, chance)
        if body is not None:
            assert not isinstance(checked(question, from_the_wire(body)), Refused), body


def test_a_message_is_not_answered() -> None:
    message = wire.Item(1, "message", 0, "Welcome.")
    assert all(plausible(message, random.Random(seed)) is None for seed in range(20))


def test_the_same_seed_answers_the_same() -> None:
    item = wire.Item(1, "open_text", 1, "?")
    first, second = random.Random(5), random.Random(5)
    assert [plausible(item, first) for _ in range(9)] == [plausible(item, second) for _ in range(9)]
