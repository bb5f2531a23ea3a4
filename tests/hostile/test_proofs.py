"""Proofs that were heard elsewhere, or made to look like one: none opens anything."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey

from tests.web.browser import Browser
from tests.web.device import Device, segment
from tests.web.edge import Edge

N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256."""


def raw(token_part: str) -> bytes:
    return base64.urlsafe_b64decode(token_part + "=" * (-len(token_part) % 4))


def other_signature(proof: str) -> str:
    """The same proof with the other signature that holds for it: r and n - s."""
    header, payload, signature = proof.split(".")
    both = raw(signature)
    r, s = both[:32], int.from_bytes(both[32:])
    return f"{header}.{payload}.{segment(r + (N - s).to_bytes(32))}"


def with_signature(proof: str, signature: bytes) -> str:
    return f"{proof.rpartition('.')[0]}.{segment(signature)}"


def hmacs(device: Device, proof: str) -> dict[str, str]:
    """HS256 whose key is what everybody knows: the public key, in all its forms."""
    public = device.key.public_key
    x, y = raw(device.jwk["x"]), raw(device.jwk["y"])
    forms = {
        "jwk": json.dumps(device.jwk).encode(),
        "tight jwk": json.dumps(device.jwk, separators=(",", ":")).encode(),
        "point": b"\x04" + x + y,
        "x and y": x + y,
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "nothing": b"",
    }
    made = {}
    for alg, (form, key) in itertools.product(("HS256", "ES256"), forms.items()):
        said = f"{segment(device.header | {'alg': alg})}.{proof.split('.')[1]}"
        mac = hmac.digest(key, said.encode(), hashlib.sha256)
        made[f"{alg} by {form}"] = f"{said}.{segment(mac + mac if alg == 'ES256' else mac)}"
    return made


def signed(curve: ec.EllipticCurve, header: dict[str, object], payload: str) -> str:
    """A token of this header under a new key of another curve, correct in itself."""
    key = ec.generate_private_key(curve)
    numbers, size = key.public_key().public_numbers(), (curve.key_size + 7) // 8
    jwk = {
        "kty": "EC",
        "x": segment(numbers.x.to_bytes(size)),
        "y": segment(numbers.y.to_bytes(size)),
    }
    said = f"{segment({**header, 'jwk': {**jwk, **dict(header['jwk'])}})}.{payload}"  # type: ignore[call-overload]
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{said}.{segment(r.to_bytes(size) + s.to_bytes(size))}"


def curves(device: Device, proof: str) -> dict[str, str]:
    """Signatures that hold, by keys of curves that are not ours, also under the name of ours."""
    payload = proof.split(".")[1]
    made = {}
    for curve in (ec.SECP256K1(), ec.SECP384R1(), ec.SECP521R1()):
        for alg, crv in (
            ("ES256", "P-256"),
            ("ES256", curve.name),
            ("ES256K", "secp256k1"),
            ("ES384", "P-384"),
        ):
            header = {**device.header, "alg": alg, "jwk": {"crv": crv}}
            made[f"{curve.name} as {alg} {crv}"] = signed(curve, header, payload)
    return made


def headers(device: Device, proof: str) -> dict[str, str]:
    """Signed by the device, and with something in the header that leads elsewhere."""
    claims = json.loads(raw(proof.split(".")[1]))
    stranger = ECKey.generate_key("P-256").as_dict(private=False)
    swapped = {name: stranger[name] for name in ("kty", "crv", "x", "y")}
    changes: dict[str, dict[str, object]] = {
        "a stranger's jwk": {"jwk": swapped},
        "half a stranger's jwk": {"jwk": device.jwk | {"x": swapped["x"]}},
        "jwk with more": {"jwk": device.jwk | {"kid": "1"}},
        "a symmetric jwk": {"jwk": {"kty": "oct", "k": segment(b"0" * 32)}},
        "jwk as a list": {"jwk": [device.jwk]},
        "jwk as text": {"jwk": json.dumps(device.jwk)},
        "alg in lower case": {"alg": "es256"},
        "alg none": {"alg": "none"},
        "alg None": {"alg": "None"},
        "alg as a list": {"alg": ["ES256"]},
        "type in upper case": {"typ": "TURNOUT-PROOF+JWT"},
        "critical": {"crit": ["exp"], "exp": 1},
    }
    made = {}
    for what, change in changes.items():
        said = f"{segment(device.header | change)}.{segment(claims)}"
        made[what] = f"{said}.{segment(sign(device, said))}"
    return made


def sign(device: Device, said: str) -> bytes:
    """r and s."""
    assert device.key.private_key is not None
    r, s = decode_dss_signature(
        device.key.private_key.sign(said.encode(), ec.ECDSA(hashes.SHA256()))
    )
    return r.to_bytes(32) + s.to_bytes(32)


def signatures(proof: str) -> dict[str, str]:
    """Numbers that are no signature, and signatures in other forms."""
    both = raw(proof.split(".")[2])
    zero, one, order = bytes(32), (1).to_bytes(32), N.to_bytes(32)
    return {
        f"{name}": with_signature(proof, data)
        for name, data in {
            "zeros": zero + zero,
            "r 0": zero + both[32:],
            "s 0": both[:32] + zero,
            "ones": one + one,
            "r n": order + both[32:],
            "s n": both[:32] + order,
            "s + n, cut": both[:32] + ((int.from_bytes(both[32:]) + N) % 2**256).to_bytes(32),
            "all ones": b"\xff" * 64,
            "swapped": both[32:] + both[:32],
            "short": both[:63],
            "long": both + b"\x00",
            "padded": b"\x00" + both,
        }.items()
    }


@pytest.mark.parametrize("family", [hmacs, curves, headers, lambda _, proof: signatures(proof)])
async def test_what_is_made_to_look_like_a_proof_is_none(edge: Edge, family) -> None:  # type: ignore[no-untyped-def]
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    genuine = browser.proof("join", await browser.nonce())
    for what, token in family(browser.device, genuine).items():
        refused = await browser.join(proof=token)
        assert (refused.status_code, refused.json()["code"]) == (401, "proof"), what
    assert (await browser.join(proof=genuine)).status_code == 200


async def test_the_other_signature_of_a_proof_is_no_second_proof(edge: Edge) -> None:
    """ECDSA has two for everything: whoever overheard one may write down the other, and gains
    nothing by it, because the nonce is spent."""
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    for first, second in ((str, other_signature), (other_signature, str)):
        proof = browser.proof("join", await browser.nonce())
        assert other_signature(other_signature(proof)) == proof
        assert (await browser.join(proof=first(proof))).status_code == 200
        replayed = await browser.join(proof=second(proof))
        assert (replayed.status_code, replayed.json()["code"]) == (401, "proof")
    async with browser.arrived() as line, browser.open() as overhears:
        heard = (await overhears.next("challenge"))["nonce"]
        proof = browser.proof("hello", heard)
        async with browser.open() as elsewhere:
            await elsewhere.next("challenge")
            await elsewhere.send(
                {"t": "hello", "tab": 9, "link": browser.pid, "proof": other_signature(proof)}
            )
            assert (await elsewhere.bye())[0] == 4404
        assert await line.beat() > 0


async def test_a_proof_serves_where_it_was_made_for_and_nowhere_else(
    edge: Edge, public_edge: Edge
) -> None:
    """Another conversation, another server with the same link, another door, another link."""
    here, there = await edge.talk(), await edge.talk()
    thief = Browser(edge, there, there.pids[0])
    owner = Browser(edge, here, here.pids[0], device=thief.device)
    stolen = owner.proof("join", await owner.nonce())
    refused = await thief.join(proof=stolen)
    assert refused.status_code == 401

    far = await public_edge.talk()
    abroad = Browser(public_edge, far, far.pids[0], device=thief.device)
    nonce = await abroad.nonce()
    for origin in (edge.origin, "https://talk.example.org/town", "https://talk.example.org/"):
        assert (await abroad.join(proof=abroad.proof("join", nonce, aud=origin))).status_code == 401
    assert (await abroad.join()).status_code == 200

    for door in ("takeover", "forget"):
        body = {"pid": owner.pid, "attempt": owner.device.attempt, "proof": stolen}
        said = await edge.post(f"/api/c/{here.slug}/{door}", body)
        assert said.status_code == 401, door
    async with owner.open() as line:
        await owner.hello(line, proof=stolen)
        assert (await line.bye())[0] == 4404
    assert (await owner.join(proof=stolen)).status_code == 200


async def test_whoever_overheard_everything_but_the_key_is_another_device(edge: Edge) -> None:
    """Link, attempt, proofs, challenges: all of it, over and over."""
    talk = await edge.standing()
    owner = Browser(edge, talk, talk.pids[0])
    heard = [owner.proof("join", await owner.nonce()) for _ in range(3)]
    assert (await owner.join(proof=heard[0])).status_code == 200
    async with owner.arrived() as line:
        spy = Browser(edge, talk, talk.pids[0])
        spy.device.attempt = owner.device.attempt
        assert (await spy.join()).status_code == 409
        assert (await spy.join(proof=heard[0])).status_code == 401
        assert (await spy.join(proof=None)).status_code in (400, 409)
        async with spy.open() as socket:
            await spy.hello(socket, proof=None)
            assert (await socket.bye())[0] in (4404, 4409)
        assert await line.beat() > 0
