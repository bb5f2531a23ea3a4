"""A browser's device as tests need it: a P-256 key, and proofs that are right or wrong on purpose.

Written with joserfc, as a browser would with WebCrypto; raw r||s signatures.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey

TYPE = "turnout-proof+jwt"


def _key() -> ECKey:
    return ECKey.generate_key("P-256")


def _attempt() -> str:
    return secrets.token_hex(16)


@dataclass
class Device:
    """A browser profile. `cookie`: of the conversation it joined, as the server set it."""

    key: ECKey = field(default_factory=_key)
    attempt: str = field(default_factory=_attempt)
    cookie: str = ""

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key, as a proof carries it."""
        whole = self.key.as_dict(private=False)
        return {name: whole[name] for name in ("kty", "crv", "x", "y")}

    @property
    def header(self) -> dict[str, Any]:
        """A proof's header."""
        return {"typ": TYPE, "alg": "ES256", "jwk": self.jwk}

    def sign(self, header: dict[str, Any], claims: object) -> str:
        """A token of this header and payload under this device's key."""
        payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
        return jws.serialize_compact(header, payload, self.key, algorithms=["ES256"])


def claims(
    use: str, nonce: str, aud: str, slug: str, pid: str = "", attempt: str = ""
) -> dict[str, str]:
    """What a proof says."""
    return {
        "use": use,
        "nonce": nonce,
        "aud": aud,
        "slug": slug,
        "pid": pid,
        "attempt": attempt,
    }


def segment(value: object) -> str:
    """A part of a compact token: JSON in base64url."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
