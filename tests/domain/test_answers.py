"""Which answer counts: the one that names its revision, once, and in its own run."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.examples import (
    DAY,
    MINUTE,
    MULTIPLE,
    NOBODY,
    NUMBER,
    OPEN,
    SCALE,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    ended,
    flex,
    live,
    reworded,
    single,
)
from turnout.domain.answers import (
    Accepted,
    Body,
    Known,
    Offer,
    Stored,
    Superseded,
    settle,
)
from turnout.domain.commands import Close, Edit, End, Next, UndoEnd, Withdraw
from turnout.domain.guide import Option
from turnout.domain.refusals import Refused

GRACE = 60_000


closed = after(asked(2), [Close()], T0 + 2 * MINUTE)
"""The first question was open from minute 1 to minute 2."""


yes, no = Body(option=1), Body(option=2)
now = T0 + 1 * MINUTE


def test_a_first_answer_counts() -> None:
    verdict = settle(asked(2), None, Offer("a", SINGLE, 0, yes), now)
    assert verdict == Accepted(Stored("a", 1, yes))


def test_a_late_answer_counts_and_says_so() -> None:
    verdict = settle(closed, None, Offer("a", SINGLE, 0, yes), T0 + 2 * MINUTE + 1)
    assert verdict == Accepted(Stored("a", 1, yes, late=True))


def test_an_answer_replaces_the_one_whose_revision_it_names() -> None:
    stored = Stored("b", 2, yes, earlier=("a",))
    verdict = settle(asked(2), stored, Offer("c", SINGLE, 2, no), now)
    assert verdict == Accepted(Stored("c", 3, no, earlier=("a", "b")))


@pytest.mark.parametrize("base", [0, 1, 3])
def test_another_base_is_shown_what_counts(base: int) -> None:
    stored = Stored("b", 2, yes, earlier=("a",))
    assert settle(asked(2), stored, Offer("c", SINGLE, base, no), now) == Superseded(stored)


def test_a_base_where_nothing_counts_is_shown_nothing() -> None:
    """As after a restore: the client sends it again with base 0."""
    assert settle(asked(2), None, Offer("c", SINGLE, 4, no), now) == Superseded(None)


@pytest.mark.parametrize("at", [now, T0 + 10**9])
@pytest.mark.parametrize("base", [0, 1, 2, 7])
@pytest.mark.parametrize("body", [yes, no, Body(text="x")])
def test_the_counted_answer_again_is_acknowledged_again(at: int, base: int, body: Body) -> None:
    """Whatever came of the question since, and whatever the copy says."""
    stored = Stored("b", 2, yes, earlier=("a",))
    assert settle(closed, stored, Offer("b", SINGLE, base, body), at) == Known(stored)


@pytest.mark.parametrize("at", [now, T0 + 10**9])
@pytest.mark.parametrize("base", [0, 1, 2])
def test_an_earlier_answer_again_never_wins(at: int, base: int) -> None:
    stored = Stored("b", 2, yes, earlier=("a",))
    assert settle(closed, stored, Offer("a", SINGLE, base, no), at) == Superseded(stored)


@pytest.mark.parametrize("stored", [None, Stored("b", 2, yes)])
def test_i2_an_aid_that_counts_for_another_question_never_counts_twice(
    stored: Stored | None,
) -> None:
    base = 0 if stored is None else stored.revision
    refused = settle(asked(2), stored, Offer("a", SINGLE, base, no), now, elsewhere=True)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.retry_ms) == ("invalid", None)


@pytest.mark.parametrize(
    ("question", "body", "at", "code"),
    [
        (NOBODY, yes, now, "gone"),
        (WELCOME, Body(text="x"), now, "gone"),
        (OPEN, Body(text="x"), now, "gone"),
        (SINGLE, yes, T0 + 2 * MINUTE + GRACE + 1, "closed"),
        (SINGLE, Body(option=3), now, "invalid"),
        (SINGLE, Body(text="x"), now, "invalid"),
    ],
)
def test_refusals_are_final_and_come_before_the_base(
    question: int, body: Body, at: int, code: str
) -> None:
    for base in (0, 5):
        verdict = settle(closed, None, Offer("a", question, base, body), at)
        assert isinstance(verdict, Refused)
        assert verdict.code == code
        assert verdict.retry_ms is None


# --- earlier runs ---

before = Stored("a", 1, yes)
"""Given in live, to the first question."""


def test_an_answer_says_in_which_run_it_was_given() -> None:
    verdict = settle(flex(), None, Offer("a", SINGLE, 0, yes), flex().at)
    assert verdict == Accepted(Stored("a", 1, yes, run=2))


@pytest.mark.parametrize("base", [0, 1, 2])
def test_in_flex_what_was_answered_in_an_earlier_run_is_locked(base: int) -> None:
    verdict = settle(flex(), before, Offer("b", SINGLE, base, no), flex().at)
    assert verdict == Refused("closed", "You answered this question before; that answer stays.")


def test_in_flex_a_copy_of_a_locked_answer_is_acknowledged_again() -> None:
    assert settle(flex(), before, Offer("a", SINGLE, 0, yes), flex().at) == Known(before)


def test_in_flex_an_answer_of_this_run_may_be_replaced() -> None:
    stored = replace(before, run=2)
    verdict = settle(flex(), stored, Offer("b", SINGLE, 1, no), flex().at)
    assert verdict == Accepted(Stored("b", 2, no, run=2, earlier=("a",)))


def test_in_the_grace_of_a_flex_what_was_answered_in_live_is_locked_still() -> None:
    conversation = after(flex(), [End()], T0 + DAY)
    verdict = settle(conversation, before, Offer("b", SINGLE, 1, no), T0 + DAY)
    assert isinstance(verdict, Refused)
    assert verdict.code == "closed"


def test_after_an_undone_end_an_answer_may_be_replaced_as_before() -> None:
    conversation = after(ended(2), [UndoEnd()], ended().at)
    verdict = settle(conversation, before, Offer("b", SINGLE, 1, no), ended().at)
    assert isinstance(verdict, Accepted)
    assert verdict.stored.run == 1


# --- and what else changes ---


def test_an_option_that_was_added_may_be_chosen() -> None:
    three = replace(single, options=(*single.options, Option("Maybe")))
    offer = Offer("a", SINGLE, 0, Body(option=3))
    refused = settle(asked(2), None, offer, now)
    assert isinstance(refused, Refused)
    command = Edit(reworded(asked(2), SINGLE, content=three), answered=True)
    assert isinstance(settle(after(asked(2), [command]), None, offer, now), Accepted)


def test_a_withdrawn_question_takes_answers_within_its_grace() -> None:
    conversation = after(asked(2), [Withdraw(SINGLE)], T0 + 2 * MINUTE)
    verdict = settle(conversation, None, Offer("a", SINGLE, 0, yes), T0 + 2 * MINUTE)
    assert verdict == Accepted(Stored("a", 1, yes, late=True))


def test_while_a_question_is_closed_its_answer_may_be_replaced_within_the_grace_alone() -> None:
    """The change may have been made while it was open."""
    offer = Offer("b", SINGLE, 1, no)
    verdict = settle(closed, before, offer, T0 + 2 * MINUTE + GRACE)
    assert verdict == Accepted(Stored("b", 2, no, late=True, earlier=("a",)))
    refused = settle(closed, before, offer, T0 + 2 * MINUTE + GRACE + 1)
    assert refused == Refused("closed", "It arrived after the time for late answers.")


@dataclass(frozen=True)
class Sending:
    """One arrival at the server: a new answer, or a copy of one that was sent before. `base`: None
    for the revision that counts now. `wait`: milliseconds since the arrival before."""

    copy_of: int | None
    base: int | None
    option: int
    wait: int


sendings = st.lists(
    st.builds(
        Sending,
        st.none() | st.integers(0, 5),
        st.none() | st.integers(0, 4),
        st.sampled_from([1, 2, 3]),
        st.integers(0, 20_000),
    ),
    max_size=15,
)


@given(sendings)
@example([Sending(None, None, 1, 0), Sending(None, None, 2, 0), Sending(0, None, 1, 0)])
def test_i2_an_aid_never_counts_twice_and_a_late_copy_never_wins(sent: list[Sending]) -> None:
    """Any number of devices, copies and orders. The question closes after two minutes."""
    stored: Stored | None = None
    offers: list[Offer] = []
    counted: list[str] = []
    moment, close = T0 + MINUTE, T0 + 2 * MINUTE
    for sending in sent:
        moment += sending.wait
        base = (stored.revision if stored else 0) if sending.base is None else sending.base
        if sending.copy_of is None or not offers:
            offer = Offer(f"aid {len(offers)}", SINGLE, base, Body(option=sending.option))
            offers.append(offer)
        else:
            offer = replace(offers[sending.copy_of % len(offers)], base=base)
        conversation = asked(2) if moment < close else closed
        verdict = settle(conversation, stored, offer, moment)
        match verdict:
            case Accepted(stored=new):
                assert offer.aid not in counted
                assert base == (stored.revision if stored else 0)
                late = moment >= close
                revision = len(counted) + 1
                assert new == Stored(offer.aid, revision, offer.body, late, earlier=tuple(counted))
                assert moment <= close + GRACE
                counted.append(offer.aid)
                stored = new
            case Known(stored=known):
                assert known == stored
                assert known.aid == offer.aid
            case Superseded(stored=winner):
                assert winner == stored
                assert winner is None or winner.aid != offer.aid
            case Refused(code=code):
                assert offer.aid not in counted
                assert code == ("invalid" if offer.body.option == 3 else "closed")
    assert (stored.aid if stored else None) == (counted[-1] if counted else None)


def test_each_type_is_settled_by_its_own_rules() -> None:
    right = {
        SINGLE: yes,
        MULTIPLE: Body(options=(1, 2)),
        OPEN: Body(text="x"),
        NUMBER: Body(number=0.5),
        SCALE: Body(number=3),
    }
    conversation = live()
    for question in (WELCOME, *right):
        conversation = after(conversation, [Next()])
        for mine, body in right.items():
            if question == WELCOME:
                continue
            verdict = settle(conversation, None, Offer("a", question, 0, body), T0)
            assert isinstance(verdict, Accepted) == (mine == question)
