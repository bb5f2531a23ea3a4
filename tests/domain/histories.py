"""Streams of events as moderators and the clock make them: for properties of all conversations.

`due` comes before every command, as in the store. The guide holds a question that closes by itself,
and the start may come by itself too.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.domain.examples import DAY, GUIDE, MINUTE, NOBODY, OPEN, T0, beginning, settings
from turnout.domain.commands import (
    Add,
    Close,
    Command,
    Edit,
    End,
    Expect,
    Next,
    Publish,
    ReopenFlex,
    Send,
    Skip,
    Start,
    UndoEnd,
    Unpublish,
    Withdraw,
)
from turnout.domain.conversation import Conversation
from turnout.domain.deciding import decide
from turnout.domain.due import due
from turnout.domain.events import Recorded, apply, begin, fold, record
from turnout.domain.guide import Item, Message, OpenText
from turnout.domain.refusals import Refused

TIMED = tuple(
    replace(item, duration=90, auto_close=True) if item.id == OPEN else item for item in GUIDE
)

Button = Callable[[Expect | None], Command]


@dataclass(frozen=True)
class Press:
    """A tap in a control room. `stale`: how the sender's screen lags (None: no expect is sent).
    `wait`: milliseconds since the tap before."""

    button: Button
    stale: bool | None = None
    wait: int = 0


ids = st.sampled_from([*(item.id for item in GUIDE), 7, 8, NOBODY])
places = st.none() | ids
new_items = st.sampled_from([Item(1, "One more?", OpenText()), Item(1, "By the way.", Message())])

expecting: st.SearchStrategy[Button] = st.one_of(
    st.sampled_from(
        [Publish, Unpublish, Start, Next, Next, Next, lambda expect: Close(None, expect)]
    ),
    st.builds(lambda item: lambda expect: Send(item, expect), ids),
    st.builds(lambda item: lambda expect: Close(item, expect), ids),
    st.builds(lambda item: lambda expect: Skip(item, expect), ids),
)
plain: st.SearchStrategy[Button] = st.one_of(
    st.builds(lambda item: lambda _: Withdraw(item), ids),
    st.builds(
        lambda item, text: lambda _: Edit(replace(item, text=text), answered=True),
        st.sampled_from(TIMED),
        st.sampled_from(["Better words?", "Worse words?"]),
    ),
    st.builds(lambda item, place: lambda _: Add(item, place), new_items, places),
)
buttons = st.one_of(expecting, expecting, plain)


def reopen(expect: Expect | None) -> Command:
    return ReopenFlex(7, expect)


afterwards: st.SearchStrategy[Button] = st.one_of(
    st.sampled_from([UndoEnd, reopen, reopen, End]), st.sampled_from([UndoEnd, reopen]), buttons
)
screens = st.sampled_from([None, None, False, True])
presses = st.builds(Press, buttons, screens, st.integers(0, 3 * MINUTE))
late_presses = st.builds(
    Press, afterwards, st.none(), st.sampled_from([1, 2 * MINUTE, 90 * MINUTE, 8 * DAY])
)


def seen(conversation: Conversation, *, stale: bool = False) -> Expect:
    """What a moderator's screen shows, or one on which something else was sent last."""
    return Expect(conversation.phase, conversation.sent_rev + stale)


def press(conversation: Conversation, pressed: Press, now: int) -> tuple[Recorded, ...]:
    """What the store appends when this is pressed at `now`."""
    conversation, came = due(conversation, now)
    expect = None if pressed.stale is None else seen(conversation, stale=pressed.stale)
    decision = decide(conversation, pressed.button(expect), now)
    if isinstance(decision, Refused):
        return came
    new = list(came)
    for event in decision:
        new.append(record(conversation, event, now, "Amara"))
        conversation = apply(conversation, new[-1])
    return tuple(new)


def states(events: Iterable[Recorded]) -> Iterator[Conversation]:
    """The state after the first event, after the second, and so on."""
    stream = iter(events)
    conversation = begin(next(stream))
    yield conversation
    for recorded in stream:
        conversation = apply(conversation, recorded)
        yield conversation


@st.composite
def histories(draw: st.DrawFn) -> tuple[Recorded, ...]:
    """A stream as decided by `decide` and `due`: mostly of conversations that got going."""
    chosen = settings()
    by_itself = draw(st.sampled_from([False, False, True]))
    if by_itself:
        chosen = replace(chosen, starts_at=T0 + MINUTE, auto_start=True)
    least = draw(st.sampled_from([0, 10, 10]))
    pressed = draw(st.lists(presses, min_size=least, max_size=20))
    if least:
        pressed = [Press(Publish), *([] if by_itself else [Press(Start)]), *pressed]
    if draw(st.booleans()):
        pressed += [Press(End), *draw(st.lists(late_presses, min_size=2, max_size=8))]
    events = list(beginning(TIMED, chosen))
    conversation, now = fold(events), T0
    for one in pressed:
        now += one.wait
        new = press(conversation, one, now)
        events += new
        for recorded in new:
            conversation = apply(conversation, recorded)
    return tuple(events)
