"""A robot's device: a P-256 key of its own, and the proofs that it signs. Knows no sockets.

Written with the cryptographic primitives alone, so that it shares no mistake with the server's
verification.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

TYPE = "turnout-proof+jwt"
Use = Literal["join", "hello", "takeover"]
_ALGORITHM = ec.ECDSA(SHA256())


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _attempt() -> str:
    return secrets.token_hex(16)


@dataclass(slots=True)
class Device:
    """A browser profile as the server sees it. `cookie`: what the last join set, "" before."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=_key)
    attempt: str = field(default_factory=_attempt)
    cookie: str = ""
    _header: str = ""

    def __post_init__(self) -> None:
        point = self.key.public_key().public_numbers()
        jwk = {"kty": "EC", "crv": "P-256", "x": _coordinate(point.x), "y": _coordinate(point.y)}
        self._header = _base64(_json({"typ": TYPE, "alg": "ES256", "jwk": jwk}))

    def proof(self, use: Use, nonce: str, origin: str, slug: str, pid: str) -> str:
        """A signed token over `nonce`, good once. `pid`: as it stands in the link, "" without."""
        payload = {
            "nonce": nonce,
            "aud": origin,
            "slug": slug,
            "pid": pid,
            "attempt": "" if use == "hello" else self.attempt,
            "use": use,
        }
        signed = f"{self._header}.{_base64(_json(payload))}"
        r, s = decode_dss_signature(self.key.sign(signed.encode(), _ALGORITHM))
        return f"{signed}.{_base64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _coordinate(number: int) -> str:
    return _base64(number.to_bytes(32, "big"))


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
