"""Device proofs: the right one gives the key's thumbprint, everything else one refusal."""

import hashlib
import json
from dataclasses import replace

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
