"""Device proofs: that a browser holds the key which it claims, for this very place and purpose.

A proof is a JWS in compact form, signed by ES256 with a P-256 key whose public part stands in its
header (after RFC 9449, DPoP). The key's RFC 7638 thumbprint is what a link is bound to.

Verified with the primitives alone: a proof has one form, and thousands of them come when a
conversation begins. No other algorithm, curve or kind of key is even read.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec import UNSET

from turnout.domain.refusals import Refused

TYPE = "turnout-proof+jwt"
Use = Literal["join", "hello", "takeover", "forget"]

COORDINATE = 32
"""Bytes of each coordinate of a key, and of each half of a signature."""
_CURVE = ec.SECP256R1()
_ALGORITHM = ec.ECDSA(SHA256())
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")

# ValueError: a point off the curve, not base64, no Unicode. RecursionError: JSON nested too deep.
_NO_PROOF = (InvalidSignature, ValueError, msgspec.MsgspecError, RecursionError)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a proof must say, word for word. `pid`: as the request carries it; `attempt` is empty in
    a hello."""

    use: Use
    nonce: str
    origin: str
    slug: str
    pid: str
    attempt: str


class _Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str


class _Header(msgspec.Struct, frozen=True):
    typ: Literal["turnout-proof+jwt"]
    alg: Literal["ES256"]
    jwk: _Key
    crit: object = UNSET
    b64: object = UNSET


class Claims(msgspec.Struct, frozen=True):
    """What a proof says."""

    use: str
    nonce: str
    aud: str
    slug: str
    pid: str
    attempt: str


class _Proof(NamedTuple):
    """The parts of a compact JWS. `signed`: what the signature is about."""

    header: bytes
    payload: bytes
    signature: bytes
    signed: bytes


def nonce_of(proof: str) -> str | None:
    """The nonce that a proof names, before anything is believed of it; None if it is no proof."""
    try:
        return _claims(_parts(proof).payload).nonce
    except _NO_PROOF:
        return None


def thumbprint(proof: str, purpose: Purpose) -> str | Refused:
    """The RFC 7638 thumbprint of the key that made this proof, if the proof holds for `purpose`.

    One refusal for whatever is wrong with it: to whom it concerns, the reason is of no use.
    """
    try:
        parts = _parts(proof)
        header = msgspec.json.decode(parts.header, type=_Header)
        if header.crit is not UNSET or header.b64 is not UNSET:
            return _refused()  # an extension that must be understood, and is not
        x, y = (_bytes(one, COORDINATE) for one in (header.jwk.x, header.jwk.y))
        key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, b"\x04" + x + y)
        key.verify(_der(parts.signature), parts.signed, _ALGORITHM)
        if not _serves(_claims(parts.payload), purpose):
            return _refused()
        return _thumbprint(x, y)
    except _NO_PROOF:
        return _refused()


def _parts(proof: str) -> _Proof:
    found = _COMPACT.fullmatch(proof)
    if found is None:
        raise ValueError("no compact JWS")
    header, payload, signature = (_bytes(part) for part in found.groups())
    return _Proof(header, payload, signature, proof.rpartition(".")[0].encode())


def _bytes(text: str, length: int | None = None) -> bytes:
    """What base64url without padding says; ValueError unless these are `length` bytes."""
    if not text.isascii() or "=" in text:
        raise ValueError("no base64url")
    said = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if length is not None and len(said) != length:
        raise ValueError("so many bytes are no such number")
    return said


def _der(signature: bytes) -> bytes:
    """As the primitives want it."""
    if len(signature) != 2 * COORDINATE:
        raise ValueError("no ES256 signature")
    r, s = signature[:COORDINATE], signature[COORDINATE:]
    return encode_dss_signature(int.from_bytes(r), int.from_bytes(s))


def _thumbprint(x: bytes, y: bytes) -> str:
    """Of the canonical form: another spelling of the same key is the same key."""
    canonical = f'{{"crv":"P-256","kty":"EC","x":"{_text(x)}","y":"{_text(y)}"}}'
    return _text(sha256(canonical.encode()).digest())


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _claims(payload: bytes) -> Claims:
    return msgspec.json.decode(payload, type=Claims)


def _serves(claims: Claims, purpose: Purpose) -> bool:
    said = (claims.use, claims.nonce, claims.aud, claims.slug, claims.pid, claims.attempt)
    meant = (
        purpose.use,
        purpose.nonce,
        purpose.origin,
        purpose.slug,
        purpose.pid,
        purpose.attempt,
    )
    return all(
        hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
        for one, other in zip(said, meant, strict=True)
    )


def _refused() -> Refused:
    return Refused("proof", "This device could not prove its key. Reload the page and try again.")
