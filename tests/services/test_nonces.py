"""Nonces: ours, unchanged, young; nothing else."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.recorder import Clock
from turnout.services.nonces import LIFETIME, Nonces

KEY = b"k" * 32


def nonces(clock: Clock, key: bytes = KEY) -> Nonces:
    return Nonces(key, clock, secrets.token_bytes)


def test_a_nonce_holds_for_its_lifetime_and_no_longer(clock: Clock) -> None:
    ours = nonces(clock)
    made = ours.make()
    assert len(made) == 54
    clock.advance(LIFETIME * 1000)
    assert ours.holds(made)
    clock.advance(1)
    assert not ours.holds(made)


def test_another_node_with_the_same_key_takes_it_and_one_with_another_does_not(
    clock: Clock,
) -> None:
    made = nonces(clock).make()
    assert nonces(clock).holds(made)
    assert not nonces(clock, b"x" * 32).holds(made)


def test_any_changed_bit_is_noticed(clock: Clock) -> None:
    ours = nonces(clock)
    raw = base64.urlsafe_b64decode(ours.make() + "==")
    for place in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[place // 8] ^= 1 << place % 8
        text = base64.urlsafe_b64encode(bytes(changed)).decode().rstrip("=")
        assert not ours.holds(text)


@pytest.mark.parametrize(
    "nonce", ["", "=", "a", "\u00e9", "A" * 54, "A" * 4_000, "\ud800", "+/" * 27]
)
def test_what_we_did_not_make_does_not_hold(clock: Clock, nonce: str) -> None:
    assert not nonces(clock).holds(nonce)


@given(st.text(max_size=80))
def test_no_text_whatever_raises(text: str) -> None:
    assert not nonces(Clock()).holds(text)
