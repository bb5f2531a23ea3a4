"""The tap on Join over HTTP: proofs, cookies, devices and seats."""

import asyncio

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from tests.web.browser import Browser
from tests.web.device import segment
from tests.web.edge import TEXT, Edge, Talk


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


async def browser_of(edge: Edge, talk: Talk | None = None) -> Browser:
    talk = talk or await edge.standing()
    return Browser(edge, talk, talk.pids[0])


async def test_a_join_says_what_a_welcome_would(edge: Edge) -> None:
    browser = await browser_of(edge)
    joined = (await browser.join()).json()
    assert joined["assurance"] == "key"
    assert [seen["item"]["id"] for seen in joined["welcome"]["state"]["items"]] == [1, 2]
    assert joined["welcome"]["mine"] == []


async def test_a_join_sets_a_cookie_that_scripts_cannot_read(edge: Edge) -> None:
    browser = await browser_of(edge)
    cookie = (await browser.join()).headers["set-cookie"]
    name, *attributes = [part.strip().lower() for part in cookie.split(";")]
    assert name.startswith(f"turnout-{browser.talk.slug}=")
    assert len(name.partition("=")[2]) == 32
    assert set(attributes) == {"httponly", "max-age=34560000", "path=/", "samesite=lax"}


async def test_a_cookie_is_for_https_only_where_people_come_by_https(public_edge: Edge) -> None:
    browser = await browser_of(public_edge)
    response = await browser.join()
    assert response.status_code == 200
    assert "; Secure" in response.headers["set-cookie"]


async def test_a_proof_is_for_the_public_origin_whatever_the_path(public_edge: Edge) -> None:
    browser = await browser_of(public_edge)
    assert public_edge.origin == "https://talk.example.org"
    wrong = browser.proof("join", await browser.nonce(), aud=public_edge.address)
    assert code(await browser.join(proof=wrong)) == (401, "proof")
    refused = await public_edge.post(
        f"/api/c/{browser.talk.slug}/nonce", origin=public_edge.address
    )
    assert code(refused) == (403, "origin")


async def test_the_same_device_may_join_again(edge: Edge) -> None:
    browser = await browser_of(edge)
    assert (await browser.join()).status_code == 200
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        await line.answer(TEXT, {"text": "x"})
    assert (await browser.join()).status_code == 200


async def test_a_proof_works_once(edge: Edge) -> None:
    browser = await browser_of(edge)
    proof = browser.proof("join", await browser.nonce())
    assert (await browser.join(proof=proof)).status_code == 200
    assert code(await browser.join(proof=proof)) == (401, "proof")


async def test_of_the_same_proof_sent_many_times_at_once_one_works(edge: Edge) -> None:
    browser = await browser_of(edge)
    proof = browser.proof("join", await browser.nonce())
    answers = await asyncio.gather(*(browser.join(proof=proof) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": ""},
        {"slug": "another"},
        {"pid": "p0000000000000000"},
        {"pid": ""},
        {"attempt": "0" * 32},
        {"attempt": ""},
        {"use": "hello"},
        {"nonce": ""},
        {"nonce": "A" * 54},
        {"nonce": "\u00e9"},
    ],
)
async def test_a_proof_for_something_else_is_refused(edge: Edge, changes: dict[str, str]) -> None:
    browser = await browser_of(edge)
    proof = browser.proof("join", await browser.nonce(), **changes)
    assert code(await browser.join(proof=proof)) == (401, "proof")
    assert (await browser.join()).status_code == 200


async def test_a_proof_says_the_link_word_for_word_as_the_request_does(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0].upper())
    tidy = browser.proof("join", await browser.nonce(), pid=talk.pids[0])
    assert code(await browser.join(proof=tidy)) == (401, "proof")
    assert (await browser.join()).status_code == 200


async def test_a_nonce_that_we_did_not_make_is_refused(edge: Edge) -> None:
    browser = await browser_of(edge)
    nonce = await browser.nonce()
    tampered = ("A" if nonce[0] != "A" else "B") + nonce[1:]
    proof = browser.proof("join", tampered)
    assert code(await browser.join(proof=proof)) == (401, "proof")


async def test_a_nonce_is_too_old_after_a_minute(own_edge: Edge) -> None:
    browser = await browser_of(own_edge)
    proof = browser.proof("join", await browser.nonce())
    own_edge.clock.advance(61_000)
    refused = await browser.join(proof=proof)
    assert code(refused) == (401, "proof")
    assert "took too long" in refused.json()["why"]


async def tokens(browser: Browser) -> dict[str, str]:
    """Tokens that are almost a proof."""
    device = browser.device
    proof = browser.proof("join", await browser.nonce())
    header, payload, signature = proof.split(".")
    said = jws.extract_compact(proof.encode()).payload
    flipped = ("A" if signature[5] != "A" else "B").join((signature[:5], signature[6:]))
    none = segment(device.header | {"alg": "none"})
    stranger = ECKey.generate_key("P-256")
    hmac_key = OctKey.import_key(b"0" * 32)
    p384 = ECKey.generate_key("P-384").as_dict(private=False)
    off_curve = device.jwk | {"y": device.jwk["x"]}
    private = device.key.as_dict(private=True)
    return {
        "nothing": "",
        "no token": "x",
        "dots": "...",
        "bad signature": f"{header}.{payload}.{flipped}",
        "no signature": f"{header}.{payload}.",
        "alg none": f"{none}.{payload}.",
        "alg none with a signature": f"{none}.{payload}.{signature}",
        "somebody else's key": jws.serialize_compact(
            device.header, said, stranger, algorithms=["ES256"]
        ),
        "hmac": jws.serialize_compact(
            device.header | {"alg": "HS256"}, said, hmac_key, algorithms=["HS256"]
        ),
        "other type": device.sign(device.header | {"typ": "JWT"}, said),
        "no type": device.sign({"alg": "ES256", "jwk": device.jwk}, said),
        "no key": device.sign({"typ": "turnout-proof+jwt", "alg": "ES256"}, said),
        "other curve": f"{segment(device.header | {'jwk': p384})}.{payload}.{signature}",
        "off the curve": f"{segment(device.header | {'jwk': off_curve})}.{payload}.{signature}",
        "the private key": device.sign(device.header | {"jwk": private}, said),
        "no JSON": device.sign(device.header, b"x"),
        "a list": device.sign(device.header, []),
        "a claim missing": device.sign(device.header, {"nonce": ""}),
        "not base64": f"{header}.***.{signature}",
        "not ASCII": f"{header}.{payload}.\u00e9",
        "deep": f"{segment(b'[' * 2_000)}.{payload}.{signature}",
    }


async def test_whatever_is_almost_a_proof_is_refused_and_takes_nothing(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    for what, token in (await tokens(browser)).items():
        assert code(await browser.join(proof=token)) == (401, "proof"), what
    too_long = await browser.join(proof="x" * 4_001)
    assert code(too_long) == (400, "malformed")
    assert (await Browser(edge, talk, talk.pids[0]).join()).status_code == 200


# --- devices ---


async def test_a_second_device_is_refused_and_told_what_to_do(edge: Edge) -> None:
    browser = await browser_of(edge)
    assert (await browser.join()).status_code == 200
    other = await Browser(edge, browser.talk, browser.pid).join()
    assert code(other) == (409, "other_device")
    assert "Go back to it" in other.json()["why"]
    assert "set-cookie" not in other.headers


async def test_one_of_many_devices_that_join_at_once_gets_the_link(edge: Edge) -> None:
    talk = await edge.talk()
    browsers = [Browser(edge, talk, talk.pids[0]) for _ in range(8)]
    answers = await asyncio.gather(*(browser.join() for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7


async def test_two_links_in_one_browser_are_two_participants(edge: Edge) -> None:
    talk = await edge.talk()
    one, other = Browser(edge, talk, talk.pids[0]), Browser(edge, talk, talk.pids[1])
    assert (await one.join()).status_code == 200
    other.device.cookie = one.device.cookie
    assert (await other.join()).status_code == 200
    assert other.device.cookie == one.device.cookie
    async with one.arrived(), other.arrived():
        room = await edge.turnout.rooms.find(talk.slug)
        assert room is not None
        assert room.present == 2


async def test_the_sixth_device_is_refused_where_several_are_allowed(edge: Edge) -> None:
    talk = await edge.talk(several=True)
    for _ in range(5):
        assert (await Browser(edge, talk, talk.pids[0]).join()).status_code == 200
    sixth = await Browser(edge, talk, talk.pids[0]).join()
    assert code(sixth) == (409, "other_device")
    assert "5 devices" in sixth.json()["why"]


async def test_where_no_key_can_be_made_the_cookie_serves_alone(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0], keyless=True)
    joined = await browser.join()
    assert joined.json()["assurance"] == "cookie"
    async with browser.arrived() as line:
        assert await line.beat() > 0
    stranger = Browser(edge, talk, talk.pids[0], keyless=True)
    assert code(await stranger.join()) == (409, "other_device")
    async with stranger.open() as line:
        await stranger.hello(line)
        assert (await line.bye())[0] == 4409


async def test_an_answer_with_the_cookie_that_got_lost_is_given_again_for_the_same_attempt(
    edge: Edge,
) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0], keyless=True)
    assert (await browser.join()).status_code == 200
    browser.device.cookie = ""  # it never arrived
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert await line.beat() > 0


async def test_a_lost_cookie_is_not_given_again_after_two_minutes(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser = Browser(own_edge, talk, talk.pids[0], keyless=True)
    assert (await browser.join()).status_code == 200
    async with browser.arrived():
        pass
    own_edge.clock.advance(121_000)
    browser.device.cookie = ""
    assert code(await browser.join()) == (409, "other_device")


async def test_a_browser_that_lost_its_key_goes_on_by_its_cookie(edge: Edge) -> None:
    browser = await browser_of(edge)
    assert (await browser.join()).status_code == 200
    purged = Browser(edge, browser.talk, browser.pid)
    purged.device.cookie = browser.device.cookie
    assert (await purged.join()).json()["assurance"] == "key"
    async with purged.arrived() as line:
        assert await line.beat() > 0
    assert code(await browser.join()) == (409, "other_device")


async def test_an_odd_cookie_is_taken_for_what_it_is(edge: Edge) -> None:
    browser = await browser_of(edge)
    browser.device.cookie = '"\\351=x'
    assert (await browser.join()).status_code == 200


# --- the single link ---


async def test_each_browser_holds_one_seat_on_the_single_link(edge: Edge) -> None:
    talk = await edge.talk(links="single", most=2)
    one, other, third = (Browser(edge, talk) for _ in range(3))
    for browser in (one, other):
        assert (await browser.join()).status_code == 200
        async with browser.arrived():
            pass
    full = await third.join()
    assert code(full) == (409, "full")
    assert (await one.join()).status_code == 200


async def test_the_single_link_ignores_a_number_that_somebody_adds(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    browser = Browser(edge, talk, "p" + "0" * 16)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert await line.beat() > 0


async def test_the_single_link_knows_a_browser_without_a_key_by_its_cookie(edge: Edge) -> None:
    talk = await edge.talk(links="single", most=1)
    browser = Browser(edge, talk, keyless=True)
    assert (await browser.join()).status_code == 200
    async with browser.arrived():
        pass
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert await line.beat() > 0


# --- phases and places ---


@pytest.mark.parametrize("do", [(), ("publish",)])
async def test_nobody_joins_before_the_start(edge: Edge, do: tuple[str, ...]) -> None:
    browser = await browser_of(edge, await edge.talk(do=do))
    assert code(await browser.join()) == (409, "not_open")


async def test_nobody_joins_after_the_end(edge: Edge) -> None:
    browser = await browser_of(edge, await edge.talk(do=("publish", "start", "end")))
    assert code(await browser.join()) == (410, "over")


async def test_a_place_is_free_again_after_two_minutes_without_a_hello(own_edge: Edge) -> None:
    talk = await own_edge.talk(links="single", most=1)
    assert (await Browser(own_edge, talk).join()).status_code == 200
    own_edge.clock.advance(121_000)
    assert (await Browser(own_edge, talk).join()).status_code == 200
