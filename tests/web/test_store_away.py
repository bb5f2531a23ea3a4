"""A store that is away: people are told so in words, nothing is acknowledged, nobody is dropped
without a word."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge
from tests.web.line import aid

FIRST_RUN = {"secret": "", "name": "Ada", "password": "correct horse battery"}


async def make_unusable(edge: Edge) -> None:
    """Take the log away under the store, which then trusts its disk no more. It finds out within a
    few commits."""
    await edge.talk(do=())
    (edge.data / "turnout.db-wal").unlink()
    for _ in range(20):
        await edge.turnout.store.attend([(1, 1)])


async def test_every_door_says_that_the_store_is_away(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    FIRST_RUN["secret"] = await edge.turnout.sign_in.first_run_secret() or ""
    cookie = await edge.staff("owner")
    async with browser.arrived() as line, browser.open() as waiting, edge.console(talk) as screen:
        await screen.next("welcome")
        with pytest.raises(Exception, match="log is gone"):
            await make_unusable(edge)

        one = f"conversations/{talk.slug}"
        for method, path, body in (
            ("POST", f"/api/c/{talk.slug}/check", {"pid": talk.pids[0]}),
            ("POST", f"/api/c/{talk.slug}/join", {"attempt": "0" * 32, "pid": talk.pids[0]}),
            ("GET", "/api/c/not-open-yet", None),
            ("POST", "/api/console/first-run", FIRST_RUN),
            ("POST", "/api/console/sign-in", {"name": "Ada", "password": "x"}),
            ("POST", "/api/console/sign-out", {}),
            ("GET", "/api/console/me", None),
            ("GET", "/api/console/conversations", None),
            ("GET", f"/api/console/{one}/files/links.csv", None),
        ):
            response = await edge.request(method, path, json=body, cookie=cookie)
            assert response.status_code == 503, (path, response.text)
            assert response.json()["code"] == "unavailable"
            assert response.json()["retry_ms"] == 2_000
        command = {"cid": aid(), "op": "next"}
        done = await edge.staff_post(f"{one}/command", command)
        assert (done.status_code, done.json()["code"]) == (503, "unavailable")

        refused = await line.answer(CHOICE, {"option": 1})
        assert (refused["code"], refused["retry_ms"]) == ("retry", 2_000)
        await screen.send({"t": "command", **command})
        assert (await screen.next("refused"))["code"] == "unavailable"
        await browser.hello(waiting, tab=2)
        assert await waiting.code() == 4503
        for path, more in (("/ws/c/not-open-yet", ""), (f"/ws/console/{talk.slug}", cookie)):
            with pytest.raises(InvalidStatus):
                async with edge.socket(path, cookie=more):
                    pass
        async with edge.console(talk) as other:
            await other.next("welcome")  # from memory: somebody looks already
        assert await line.beat() > 0
