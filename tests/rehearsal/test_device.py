import base64
import json

from joserfc import jws
from joserfc.jwk import ECKey

from turnout.rehearsal.device import Device


def test_a_proof_is_what_the_protocol_names() -> None:
    device = Device()
    token = device.proof("join", "n1", "http://127.0.0.1:1", "talk", "p1")
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert set(header) == {"typ", "alg", "jwk"}
    assert (header["typ"], header["alg"]) == ("turnout-proof+jwt", "ES256")
    assert set(header["jwk"]) == {"kty", "crv", "x", "y"}
    key = ECKey.import_key(header["jwk"])
    payload = json.loads(jws.deserialize_compact(token, key, algorithms=["ES256"]).payload)
    assert payload == {
        "nonce": "n1",
        "aud": "http://127.0.0.1:1",
        "slug": "talk",
        "pid": "p1",
        "attempt": device.attempt,
        "use": "join",
    }
    assert len(device.attempt) == 32


def test_a_hello_names_no_attempt() -> None:
    token = Device().proof("hello", "n", "o", "s", "")
    payload = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (payload["attempt"], payload["pid"], payload["use"]) == ("", "", "hello")


def test_every_device_has_a_key_of_its_own() -> None:
    tokens = {Device().proof("hello", "n", "o", "s", "").split(".")[0] for _ in range(3)}
    assert len(tokens) == 3
