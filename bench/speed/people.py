"""Participants for the load client: their links, keys, and the halves of their signatures that can
be made beforehand. What is left to do for a proof is one hash and one multiplication, so that the
client is not what is measured."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
PROOFS = 2
"""One for the join, one for the hello."""


def write_people(path: Path, pids: Iterable[str]) -> None:
    """A line for each: pid, attempt, header of the proofs, then a, b and r of each proof in hex."""
    with path.open("w", encoding="ascii") as file:
        for pid in pids:
            file.write(" ".join((pid, *_person())) + "\n")


def _person() -> tuple[str, ...]:
    key, x, y = _point()
    jwk = {"kty": "EC", "crv": "P-256", "x": _base64(x), "y": _base64(y)}
    header = {"typ": "turnout-proof+jwt", "alg": "ES256", "jwk": jwk}
    text = json.dumps(header, separators=(",", ":")).encode()
    encoded = base64.urlsafe_b64encode(text).rstrip(b"=").decode()
    return (secrets.token_hex(16), encoded, *(half for _ in range(PROOFS) for half in _proof(key)))


def _proof(key: int) -> tuple[str, str, str]:
    """a = 1/k, b = r * key / k, and r, for a k of its own: the signature of a hash is (r, s) with
    s = a * hash + b."""
    k, x, _ = _point()
    r = x % ORDER
    a = pow(k, -1, ORDER)
    return f"{a:064x}", f"{a * r * key % ORDER:064x}", f"{r:064x}"


def _point() -> tuple[int, int, int]:
    """A secret number and the point that it leads to."""
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    return numbers.private_value, numbers.public_numbers.x, numbers.public_numbers.y


def _base64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
