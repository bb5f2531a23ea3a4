"""Nonces for device proofs: stateless, so that any node takes them, and good for a minute.

A nonce is 16 random bytes and its expiry under a MAC with the store's key. That it is used once is
the store's business: the join that accepts it writes it down in the same transaction.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from turnout.ports import Clock, Randomness

LIFETIME = 60
"""Seconds."""
_MAC = 16
_LENGTH = 16 + 8 + _MAC


class Nonces:
    """Makes and checks nonces under one key."""

    def __init__(self, key: bytes, clock: Clock, randomness: Randomness) -> None:
        self._key = key
        self._clock = clock
        self._randomness = randomness

    def make(self) -> str:
        """A new one, as URL-safe text of 54 characters."""
        expires = self._clock() + LIFETIME * 1000
        content = self._randomness(16) + expires.to_bytes(8, "big")
        return urlsafe_b64encode(content + self._mac(content)).decode().rstrip("=")

    def holds(self, nonce: str) -> bool:
        """Whether it is one of ours and not too old."""
        try:
            raw = urlsafe_b64decode(nonce + "=" * (-len(nonce) % 4))
        except ValueError:
            return False
        content, mac = raw[:-_MAC], raw[-_MAC:]
        if len(raw) != _LENGTH or not hmac.compare_digest(mac, self._mac(content)):
            return False
        return self._clock() <= int.from_bytes(content[16:], "big")

    def _mac(self, content: bytes) -> bytes:
        return hmac.digest(self._key, b"nonce" + content, sha256)[:_MAC]
