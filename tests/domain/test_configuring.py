"""The organiser's choices, and what may still change before the start."""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    DAY,
    MINUTE,
    T0,
    after,
    asked,
    draft,
    refused,
    settings,
    with_events,
)
from turnout.domain.commands import Configure, Publish, Unpublish
from turnout.domain.configuring import (
    MAX_DURATION,
    MAX_GRACE,
    MAX_TIME,
    MAX_TITLE,
    MAX_ZONE,
    settings_faults,
)
from turnout.domain.conversation import MAX_PARTICIPANTS, Conversation, Settings
from turnout.domain.deciding import decide
from turnout.domain.events import Configured


def test_what_is_chosen_if_nothing_is() -> None:
    """Links work on one device, it starts by hand, an hour is planned, a minute is the grace."""
    chosen = Settings("x", 10)
    assert (chosen.links, chosen.several_devices, chosen.people_may_move) == (
        "unique",
        False,
        False,
    )
    assert (chosen.auto_start, chosen.duration, chosen.grace, chosen.demo) == (False, 60, 60, False)


@pytest.mark.parametrize(
    "chosen",
    [
        settings(),
        Settings("x", 1, duration=1, grace=0),
        Settings("x" * MAX_TITLE, MAX_PARTICIPANTS, duration=MAX_DURATION, grace=MAX_GRACE),
        Settings("x", 1, starts_at=0, zone="z" * MAX_ZONE),
        Settings("x", 1, starts_at=MAX_TIME, zone="Europe/Berlin", auto_start=True),
    ],
)
def test_settings_within_their_bounds_have_no_fault(chosen: Settings) -> None:
    assert settings_faults(chosen) == ()


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        (Settings(" \n", 10), "The title is empty."),
        (Settings("x" * (MAX_TITLE + 1), 10), "more than 200 characters"),
        (Settings("a\0b", 10), "cannot be stored"),
        (Settings("a\ud800b", 10), "cannot be stored"),
        (Settings("x", 0), "from 1 to 100,000"),
        (Settings("x", MAX_PARTICIPANTS + 1), "from 1 to 100,000"),
        (Settings("x", 10, duration=0), "from 1 to 1,440 minutes"),
        (Settings("x", 10, duration=MAX_DURATION + 1), "from 1 to 1,440 minutes"),
        (Settings("x", 10, grace=-1), "from 0 to 600 seconds"),
        (Settings("x", 10, grace=MAX_GRACE + 1), "from 0 to 600 seconds"),
        (Settings("x", 10, zone="z" * (MAX_ZONE + 1)), "Write it like Europe/Berlin."),
        (Settings("x", 10, zone="\0"), "Write it like Europe/Berlin."),
        (Settings("x", 10, auto_start=True), "To start by itself it needs a start."),
        (Settings("x", 10, starts_at=-1, zone="UTC"), "outside of the years"),
        (Settings("x", 10, starts_at=MAX_TIME + 1, zone="UTC"), "outside of the years"),
        (Settings("x", 10, starts_at=T0), "needs your time zone"),
        (Settings("x", 10, starts_at=T0, zone=" "), "needs your time zone"),
    ],
)
def test_each_fault_of_settings_is_named(chosen: Settings, what: str) -> None:
    (fault,) = settings_faults(chosen)
    assert what in fault
    assert fault.endswith(".")


def test_all_faults_of_settings_are_told_at_once() -> None:
    assert len(settings_faults(Settings("", 0, duration=0, grace=-1))) == 4


# --- changing them ---

published = after(draft(), [Publish()])
more = replace(settings(), max_participants=11)


@pytest.mark.parametrize("conversation", [draft(), published], ids=["draft", "published"])
def test_settings_may_change_before_the_start(conversation: Conversation) -> None:
    assert decide(conversation, Configure(more, 10), T0) == (Configured(more),)
    assert with_events(conversation, [Configured(more)], T0).settings == more


def test_max_participants_is_frozen_once_live() -> None:
    assert "has started" in refused(asked(1), Configure(more, 10), "phase")


def test_the_same_settings_are_chosen_already() -> None:
    assert decide(published, Configure(settings(), 10), T0) == ()


def test_faulty_settings_are_refused_with_all_that_is_wrong() -> None:
    why = refused(draft(), Configure(Settings("", 0), 0), "invalid")
    assert "The title is empty." in why
    assert "Max participants" in why


@pytest.mark.parametrize(("most", "taken"), [(9, False), (10, True), (11, True)])
def test_max_participants_is_not_lowered_below_the_links_that_were_handed_out(
    most: int, taken: bool
) -> None:
    command = Configure(replace(settings(grace=5), max_participants=most), 10)
    if taken:
        assert decide(published, command, T0) == (Configured(command.settings),)
    else:
        assert "Keep 10 or more." in refused(published, command, "invalid")


def test_with_the_single_link_max_participants_may_be_lowered() -> None:
    """No links were handed out but the one."""
    fewer = replace(settings(links="single"), max_participants=1)
    conversation = draft(chosen=settings(links="single"))
    assert decide(conversation, Configure(fewer, 10), T0) == (Configured(fewer),)


def test_the_kind_of_link_is_chosen_until_links_work() -> None:
    other = settings(links="single")
    assert decide(draft(), Configure(other, 10), T0) == (Configured(other),)
    assert "Take it back to draft" in refused(published, Configure(other, 10), "phase")


def test_the_start_may_be_moved_while_people_wait() -> None:
    sooner = replace(settings(), starts_at=T0 + MINUTE, zone="UTC", auto_start=True)
    assert decide(published, Configure(sooner, 10), T0) == (Configured(sooner),)


def test_the_start_is_not_moved_to_where_it_would_start_at_once() -> None:
    past = replace(settings(), starts_at=T0, zone="UTC", auto_start=True)
    assert "The start is past" in refused(published, Configure(past, 10), "invalid")


def test_in_a_draft_a_start_by_itself_may_be_past() -> None:
    """It is asked for again before people can come."""
    past = replace(settings(), starts_at=T0 - DAY, zone="UTC", auto_start=True)
    back = after(published, [Unpublish()])
    assert decide(back, Configure(past, 10), T0) == (Configured(past),)
    assert "The start is past" in refused(after(back, [Configure(past, 10)]), Publish(), "invalid")
