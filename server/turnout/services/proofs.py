"""Device proofs: that a browser holds the key which it claims, for this very place and purpose.

A proof is a JWS in compact form, signed by ES256 with a P-256 key whose public part stands in its
header (after RFC 9449, DPoP). The key's RFC 7638 thumbprint is what a link is bound to.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Literal

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from turnout.domain.refusals import Refused

TYPE = "turnout-proof+jwt"
Use = Literal["join", "hello", "takeover", "forget"]

# ValueError: a point off the curve, text that is not ASCII. RecursionError: JSON nested too deep.
_NO_PROOF = (JoseError, ValueError, msgspec.MsgspecError, RecursionError)


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


class Claims(msgspec.Struct, frozen=True):
    """What a proof says."""

    use: str
    nonce: str
    aud: str
    slug: str
    pid: str
    attempt: str


def nonce_of(proof: str) -> str | None:
    """The nonce that a proof names, before anything is believed of it; None if it is no proof."""
    try:
        return _claims(jws.extract_compact(proof.encode()).payload).nonce
    except _NO_PROOF:
        return None


def thumbprint(proof: str, purpose: Purpose) -> str | Refused:
    """The RFC 7638 thumbprint of the key that made this proof, if the proof holds for `purpose`.

    One refusal for whatever is wrong with it: to whom it concerns, the reason is of no use.
    """
    try:
        token = proof.encode()
        header = msgspec.convert(jws.extract_compact(token).headers(), _Header)
        key = ECKey.import_key(msgspec.to_builtins(header.jwk))
        signed = jws.deserialize_compact(token, key, algorithms=["ES256"])
        claims = _claims(signed.payload)
        if not _serves(claims, purpose):
            return _refused()
        return key.thumbprint()
    except _NO_PROOF:
        return _refused()


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
