"""Device proofs: the right one gives the key's thumbprint, everything else one refusal."""

import base64
import hashlib
import json
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from tests.web.device import Device, claims, segment
from turnout.domain.refusals import Refused
from turnout.services.proofs import Purpose, nonce_of, thumbprint

PURPOSE = Purpose("join", "a-nonce", "https://talk.example.org", "talk", "P123", "0" * 32)
DEVICE = Device()


def said(purpose: Purpose = PURPOSE) -> dict[str, str]:
    return claims(
        purpose.use, purpose.nonce, purpose.origin, purpose.slug, purpose.pid, purpose.attempt
    )


def rfc_7638(device: Device) -> str:
    canonical = json.dumps(device.jwk, sort_keys=True, separators=(",", ":")).encode()
    return segment(hashlib.sha256(canonical).digest())


def test_the_thumbprint_is_that_of_rfc_7638() -> None:
    proof = DEVICE.sign(DEVICE.header, said())
    assert thumbprint(proof, PURPOSE) == rfc_7638(DEVICE)
    assert nonce_of(proof) == "a-nonce"


def test_two_devices_have_two_thumbprints() -> None:
    other = Device()
    assert rfc_7638(other) != rfc_7638(DEVICE)
    assert thumbprint(other.sign(other.header, said()), PURPOSE) == rfc_7638(other)


def test_every_word_counts() -> None:
    proof = DEVICE.sign(DEVICE.header, said())
    for wrong in (
        replace(PURPOSE, use="hello"),
        replace(PURPOSE, nonce="another"),
        replace(PURPOSE, origin="http://talk.example.org"),
        replace(PURPOSE, slug="talk2"),
        replace(PURPOSE, pid="p123"),
        replace(PURPOSE, attempt="1" * 32),
    ):
        refused = thumbprint(proof, wrong)
        assert isinstance(refused, Refused)
        assert refused.code == "proof"


def test_a_claim_in_any_script_is_compared_and_not_choked_on() -> None:
    odd = replace(PURPOSE, pid="\u6771\u4eac \U0001f6b2")
    assert thumbprint(DEVICE.sign(DEVICE.header, said(odd)), odd) == rfc_7638(DEVICE)
    assert isinstance(thumbprint(DEVICE.sign(DEVICE.header, said(odd)), PURPOSE), Refused)


def test_further_claims_do_no_harm() -> None:
    proof = DEVICE.sign(DEVICE.header, said() | {"iat": "1"})
    assert thumbprint(proof, PURPOSE) == rfc_7638(DEVICE)


def test_a_header_with_a_critical_extension_is_refused() -> None:
    header = DEVICE.header | {"crit": ["b64"], "b64": False}
    token = f"{segment(header)}.{segment(said())}.{segment(b'0' * 64)}"
    assert isinstance(thumbprint(token, PURPOSE), Refused)


@given(
    st.text(max_size=200)
    | st.lists(st.binary(max_size=60), max_size=4).map(
        lambda parts: ".".join(segment(part) for part in parts)
    )
)
def test_no_text_whatever_raises(text: str) -> None:
    assert nonce_of(text) is None
    assert isinstance(thumbprint(text, PURPOSE), Refused)


def resigned(header: dict[str, object], signature: bytes | None = None) -> str:
    """A proof of what PURPOSE says under this header; signed well by DEVICE unless told otherwise,
    whatever the header says."""
    signed = f"{segment(header)}.{segment(said())}"
    if signature is None:
        key = DEVICE.key.private_key
        assert key is not None
        r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = r.to_bytes(32) + s.to_bytes(32)
    return f"{signed}.{segment(signature)}"


def test_only_a_signature_of_that_very_key_is_one() -> None:
    proof = resigned(DEVICE.header)
    right = base64.urlsafe_b64decode(proof.rpartition(".")[2] + "==")
    stranger = Device().sign(DEVICE.header, said())
    assert isinstance(thumbprint(stranger, PURPOSE), Refused)
    for wrong in (
        bytes(64),
        right[:-1],
        right + b"\0",
        right[32:] + right[:32],
        right[:32] + bytes(32),
        bytes([right[0] ^ 1]) + right[1:],
        b"\xff" * 64,
    ):
        assert isinstance(thumbprint(resigned(DEVICE.header, wrong), PURPOSE), Refused)
    assert thumbprint(resigned(DEVICE.header, right), PURPOSE) == rfc_7638(DEVICE)


def test_only_points_of_the_curve_are_keys() -> None:
    jwk = DEVICE.jwk
    keys: tuple[dict[str, str], ...] = (
        {"x": jwk["y"], "y": jwk["x"]},
        {"x": segment(bytes(32)), "y": segment(bytes(32))},
        {"x": jwk["x"] + "AA"},
        {"x": jwk["x"] + "="},
        {"x": jwk["x"][:-2]},
        {"y": ""},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"kty": "RSA"},
        {"d": "AAAA"},
    )
    for wrong in keys:
        header = DEVICE.header | {"jwk": jwk | wrong}
        assert isinstance(thumbprint(resigned(header), PURPOSE), Refused)


def test_no_other_algorithm_or_type_is_taken() -> None:
    assert thumbprint(resigned(DEVICE.header), PURPOSE) == rfc_7638(DEVICE)
    headers: tuple[dict[str, object], ...] = (
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "ES384"},
        {"typ": "JWT"},
    )
    for wrong in headers:
        assert isinstance(thumbprint(resigned(DEVICE.header | wrong), PURPOSE), Refused)


def test_a_proof_is_three_parts_of_base64url_and_nothing_around_them() -> None:
    proof = DEVICE.sign(DEVICE.header, said())
    for wrong in (f" {proof}", f"{proof}\n", f"{proof}=", f"{proof}.", f".{proof}", f"{proof}é"):
        assert isinstance(thumbprint(wrong, PURPOSE), Refused)
