"""Answers: whether one may still be given, what it may hold, and which one counts.

There is one counted answer for a participant and a question. It is replaced only by an answer that
names its revision, so that a late copy never wins over a newer one, and an answer's id (`aid`)
never counts twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, assert_never

from turnout.domain.conversation import Conversation
from turnout.domain.guide import (
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Question,
    Scale,
    SingleChoice,
)
from turnout.domain.refusals import Refused

MAX_ANSWER_TEXT = 2_000
"""Unicode code points."""

Openness = Literal["open", "late", "closed", "gone"]
"""`late`: closed, but within the grace; `gone`: never opened here, or no question at all."""

_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""The rest of Unicode's Default_Ignorable_Code_Point, and the Braille blank. A page says the same
by `[\\p{Cc}\\p{Cf}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800]`."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_STEP_TOLERANCE = Decimal("0.000001")
"""Of a step: forgives a page that counted 0.1 + 0.2."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was answered; which fields are set depends on the question (semantics.md, Answers).
    Options are numbered from 1."""

    option: int | None = None
    options: tuple[int, ...] | None = None
    other: str | None = None
    text: str | None = None
    number: float | None = None

    @property
    def has_choice(self) -> bool:
        """Whether options are chosen."""
        return self.option is not None or self.options is not None

    @property
    def has_words(self) -> bool:
        """Whether something is said in own words."""
        return self.other is not None or self.text is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer as it arrives. `base`: the revision it replaces, 0 = none."""

    aid: str
    question: int
    base: int
    body: Body


@dataclass(frozen=True, slots=True)
class Stored:
    """The counted answer. `late`: it came within the grace; `run`: which of the conversation's runs
    it was given in, from 1; `earlier`: ids of the answers that it replaced, oldest first."""

    aid: str
    revision: int
    body: Body
    late: bool = False
    run: int = 1
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """Store this one; it counts from its commit on."""

    stored: Stored


@dataclass(frozen=True, slots=True)
class Known:
    """It is the counted answer already: the same acknowledgement again, nothing to store."""

    stored: Stored


@dataclass(frozen=True, slots=True)
class Superseded:
    """Another answer counts (None: no answer counts, and the offer named a revision)."""

    stored: Stored | None


Verdict = Accepted | Known | Superseded | Refused


def openness(conversation: Conversation, question: int, now: int) -> Openness:
    """Whether an answer to `question` may be taken at `now` (milliseconds, the store's clock)."""
    entry = conversation.entry(question)
    if entry is None or not entry.item.is_question or not entry.windows:
        return "gone"
    closed_at = entry.closed_at
    if closed_at is None:
        return "open"
    return "late" if conversation.time(now) <= conversation.taken_until(closed_at) else "closed"


def settle(
    conversation: Conversation,
    stored: Stored | None,
    offer: Offer,
    now: int,
    *,
    elsewhere: bool = False,
) -> Verdict:
    """Which answer counts after this offer, given the one that counts now: of this participant to
    this question. `elsewhere`: an answer of theirs to another question has this very `aid`; a
    stranger's aid stands for none of theirs."""
    if stored is not None:
        if offer.aid == stored.aid:
            return Known(stored)
        if offer.aid in stored.earlier:
            return Superseded(stored)
    if elsewhere:
        return _invalid("This answer has the id of an answer to another question.")
    entry = conversation.entry(offer.question)
    state = openness(conversation, offer.question, now)
    if state == "gone" or entry is None or isinstance(entry.item.content, Message):
        return Refused("gone", "This question is not part of the conversation.")
    if state == "closed":
        return Refused("closed", "It arrived after the time for late answers.")
    run = len(conversation.runs)
    if stored is not None and stored.run < run:
        return Refused("closed", "You answered this question before; that answer stays.")
    body = checked(entry.item.content, offer.body)
    if isinstance(body, Refused):
        return body
    if offer.base != (stored.revision if stored else 0):
        return Superseded(stored)
    late = state == "late"
    if stored is None:
        return Accepted(Stored(offer.aid, 1, body, late, run))
    earlier = (*stored.earlier, stored.aid)
    return Accepted(Stored(offer.aid, stored.revision + 1, body, late, run, earlier))


def checked(question: Question, body: Body) -> Body | Refused:
    """The body as it will be stored, or why it is no answer to this question."""
    match question:
        case SingleChoice():
            return _single(question, body)
        case MultipleChoice():
            return _multiple(question, body)
        case OpenText():
            if body.has_choice or body.other is not None or body.number is not None:
                return _OTHER_TYPE
            return _text(body, body.text)
        case Number(min=low, max=high, step=step):
            return (
                _OTHER_TYPE if body.has_words or body.has_choice else _number(body, low, high, step)
            )
        case Scale(min=low, max=high):
            return _OTHER_TYPE if body.has_words or body.has_choice else _number(body, low, high, 1)
        case _:
            assert_never(question)


def _invalid(why: str) -> Refused:
    return Refused("invalid", why)


_OTHER_TYPE = _invalid("This is an answer to another type of question.")


def _single(question: SingleChoice, body: Body) -> Body | Refused:
    if body.options is not None or body.text is not None or body.number is not None:
        return _OTHER_TYPE
    if body.other is not None:
        if body.option is not None:
            return _invalid("Choose one option, or write your own.")
        return _other(question.other, body)
    if body.option is None:
        return _invalid("Choose one option.")
    if not 1 <= body.option <= len(question.options):
        return _invalid("This option is not one of the question's.")
    return body


def _multiple(question: MultipleChoice, body: Body) -> Body | Refused:
    if body.option is not None or body.text is not None or body.number is not None:
        return _OTHER_TYPE
    chosen = tuple(sorted(set(body.options or ())))
    if not chosen and body.other is None:
        return _invalid("Choose at least one option.")
    if chosen and not 1 <= chosen[0] <= chosen[-1] <= len(question.options):
        return _invalid("One of these options is not the question's.")
    if _excluded(question.options, chosen, body.other):
        return _invalid("“None of the above” leaves no room for another choice.")
    tidy = replace(body, options=chosen)
    return tidy if body.other is None else _other(question.other, tidy)


def _excluded(options: Sequence[Option], chosen: tuple[int, ...], other: str | None) -> bool:
    several = len(chosen) + (other is not None) > 1
    return several and any(options[number - 1].exclusive for number in chosen)


def _other(allowed: bool, body: Body) -> Body | Refused:
    if not allowed:
        return _invalid("This question takes no answer of your own.")
    return _text(body, body.other)


def _text(body: Body, text: str | None) -> Body | Refused:
    if text is None or is_blank(text):
        return _invalid("Write something first.")
    if len(text) > MAX_ANSWER_TEXT:
        over = len(text) - MAX_ANSWER_TEXT
        return _invalid(f"Too long: {over:,} over {MAX_ANSWER_TEXT:,}. Shorten it and send again.")
    if not is_storable(text):
        return _invalid("The text holds characters that no text can hold.")
    return body


def _number(body: Body, low: float, high: float, step: float) -> Body | Refused:
    """Steps are counted from `low`, in decimals, so that every way to 0.3 is stored as 0.3."""
    why = f"From {number_text(low)} to {number_text(high)}, in steps of {number_text(step)}."
    number = body.number
    if number is None or not low <= number <= high:
        return _invalid(why)
    first, width = Decimal(str(low)), Decimal(str(step))
    steps = (Decimal(str(number)) - first) / width
    whole = steps.to_integral_value()
    if abs(steps - whole) > _STEP_TOLERANCE:
        return _invalid(why)
    return replace(body, number=min(float(first + whole * width), high))


def number_text(number: float) -> str:
    """A finite number as people write it: 5, -3.5, 0.0000001; never with an exponent."""
    return str(int(number)) if number == int(number) else f"{Decimal(str(number)):f}"


def is_blank(text: str) -> bool:
    """Whether nothing in the text can be seen."""
    return all(
        unicodedata.category(char) in _INVISIBLE_CATEGORIES or _INVISIBLE.match(char)
        for char in text
    )


def is_storable(text: str) -> bool:
    """Whether every database takes it: no NUL, no half of a surrogate pair."""
    return _UNSTORABLE.search(text) is None
