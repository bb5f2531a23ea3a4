"""Which browsers a link works on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import T0
from turnout.domain.devices import (
    MAX_DEVICES,
    PROVISIONAL,
    REKEY_AFTER,
    Asking,
    Assurance,
    Bind,
    Bound,
    Other,
    Rekey,
    Same,
    admit,
    has_lapsed,
    is_same,
    may_rekey,
)

keyed = Bound(1, "key", "thumb", "cookie", "attempt", T0, confirmed=True)
"""Bound by its key; `provisional` has not said hello yet; `plain` could make no key."""
provisional = replace(keyed, confirmed=False)
plain = Bound(1, "cookie", None, "cookie", "attempt", T0, confirmed=True)

stranger = Asking("another thumb", "another cookie", "another attempt")
nobody = Asking(None, None, "another attempt")


def test_the_first_device_is_bound() -> None:
    assert admit([], stranger, several=False, now=T0) == Bind(1)
    assert admit([], nobody, several=True, now=T0) == Bind(1)


@pytest.mark.parametrize("now", [T0, T0 + 400 * REKEY_AFTER])
@pytest.mark.parametrize("cookie", [None, "another cookie", "cookie"])
@pytest.mark.parametrize("several", [False, True])
def test_the_same_key_is_never_refused(now: int, cookie: str | None, several: bool) -> None:
    asking = Asking("thumb", cookie, "another attempt")
    assert admit([keyed], asking, several=several, now=now) == Same(1)


@pytest.mark.parametrize("asking", [stranger, nobody, Asking(None, "cookie", "attempt")])
def test_a_key_is_not_replaced_by_less(asking: Asking) -> None:
    assert admit([keyed], asking, several=False, now=T0) == Other(full=False)


def test_without_a_key_the_cookie_decides() -> None:
    asking = Asking(None, "cookie", "another attempt")
    assert admit([plain], asking, several=False, now=T0 + 10 * PROVISIONAL) == Same(1)
    assert admit([plain], stranger, several=False, now=T0) == Other(full=False)


@pytest.mark.parametrize(
    ("after", "same"), [(0, True), (PROVISIONAL, True), (PROVISIONAL + 1, False)]
)
def test_a_lost_cookie_is_made_good_by_the_attempt_for_two_minutes(after: int, same: bool) -> None:
    asking = Asking(None, None, "attempt")
    assert is_same(plain, asking, T0 + after) is same
    assert not is_same(plain, nobody, T0 + after)


def test_a_browser_that_lost_its_key_goes_on_by_its_cookie_once_a_day() -> None:
    asking = Asking("new thumb", "cookie", "another attempt")
    assert admit([keyed], asking, several=False, now=T0) == Rekey(1)
    rekeyed = replace(keyed, rekeyed_at=T0)
    assert not may_rekey(rekeyed, asking, T0 + REKEY_AFTER - 1)
    assert may_rekey(rekeyed, asking, T0 + REKEY_AFTER)
    early = admit([rekeyed], asking, several=False, now=T0 + 1)
    assert early == Other(full=False)


@pytest.mark.parametrize(
    ("device", "asking"),
    [
        (plain, Asking("new thumb", "cookie", "attempt")),
        (keyed, Asking(None, "cookie", "attempt")),
        (keyed, Asking("new thumb", None, "attempt")),
        (keyed, Asking("new thumb", "another cookie", "attempt")),
    ],
    ids=["no key to lose", "no new key", "no cookie", "another cookie"],
)
def test_nobody_else_is_rekeyed(device: Bound, asking: Asking) -> None:
    assert not may_rekey(device, asking, T0)


def test_a_join_without_hello_lapses_after_two_minutes() -> None:
    assert not has_lapsed(provisional, T0 + PROVISIONAL)
    assert has_lapsed(provisional, T0 + PROVISIONAL + 1)
    assert not has_lapsed(keyed, T0 + PROVISIONAL + 1)


def test_a_lapsed_join_gives_way_and_the_same_device_may_still_come_back() -> None:
    late = T0 + PROVISIONAL + 1
    assert admit([provisional], stranger, several=False, now=T0) == Other(full=False)
    assert admit([provisional], stranger, several=False, now=late) == Bind(1)
    same = Asking("thumb", None, "another attempt")
    assert admit([provisional], same, several=False, now=late) == Same(1)


def test_up_to_five_devices_where_several_are_allowed() -> None:
    devices: list[Bound] = []
    for slot in range(1, MAX_DEVICES + 1):
        asking = Asking(f"thumb {slot}", None, "attempt")
        assert admit(devices, asking, several=True, now=T0) == Bind(slot)
        devices.append(replace(keyed, slot=slot, thumbprint=f"thumb {slot}"))
    assert admit(devices, stranger, several=True, now=T0) == Other(full=True)
    assert admit(devices, Asking("thumb 4", None, "a"), several=True, now=T0) == Same(4)
    devices[2] = replace(devices[2], confirmed=False)
    assert admit(devices, stranger, several=True, now=T0 + PROVISIONAL + 1) == Bind(3)


names = st.sampled_from(["a", "b", "c", None])
askings = st.builds(Asking, names, names, st.sampled_from(["x", "y"]))
visits = st.lists(
    st.tuples(askings, st.integers(0, REKEY_AFTER), st.booleans()), min_size=1, max_size=12
)


@given(visits, st.booleans())
def test_a_link_never_has_more_devices_than_allowed(
    visiting: list[tuple[Asking, int, bool]], several: bool
) -> None:
    """I9: whoever comes in whatever order, as the store would write it down."""
    bound: dict[int, Bound] = {}
    now = T0
    for asking, wait, hello in visiting:
        now += wait
        lasting = {slot for slot, device in bound.items() if not has_lapsed(device, now)}
        admitted = admit(bound.values(), asking, several=several, now=now)
        match admitted:
            case Bind(slot):
                assert slot not in lasting
                assurance: Assurance = "cookie" if asking.thumbprint is None else "key"
                cookie = asking.cookie or "new"
                bound[slot] = Bound(
                    slot, assurance, asking.thumbprint, cookie, asking.attempt, now, hello
                )
                again = replace(asking, cookie=cookie)
                assert admit(bound.values(), again, several=several, now=now) == Same(slot)
            case Rekey(slot):
                bound[slot] = replace(bound[slot], thumbprint=asking.thumbprint, rekeyed_at=now)
            case Same(slot):
                assert is_same(bound[slot], asking, now)
            case Other(full):
                assert full is several
                assert len(lasting) == (MAX_DEVICES if several else 1)
        assert set(bound) <= set(range(1, (MAX_DEVICES if several else 1) + 1))
