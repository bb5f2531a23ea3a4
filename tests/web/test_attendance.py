"""How long somebody was here, as the files say it."""

import asyncio
import csv
import io

from tests.web.browser import Browser
from tests.web.edge import Edge


async def attended(edge: Edge, slug: str) -> dict[str, str]:
    """The one participant's row."""
    path = f"conversations/{slug}/files/participant_data.csv"
    text = (await edge.staff_get(path)).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    return row


async def gone(edge: Edge, slug: str) -> None:
    """Until the server has seen that nobody is here any more, and has written it down."""
    room = await edge.turnout.rooms.find(slug)
    assert room is not None
    while room.present:
        await asyncio.sleep(0.01)
    await edge.turnout.store.attend([])  # behind whatever waits to be written


async def test_who_says_goodbye_was_here_until_then(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    await browser.join()
    async with browser.arrived():
        await edge.command(talk, "next")
        edge.clock.advance(5 * 60_000)
    await gone(edge, talk.slug)
    row = await attended(edge, talk.slug)
    assert row["minutes_present"] == "5"
    assert (row["percent_answered"], row["percent_while_present"]) == ("0", "0")


async def test_whose_connection_breaks_off_was_here_until_their_last_message(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    await browser.join()
    async with browser.arrived() as line:
        edge.clock.advance(3 * 60_000)
        await line.beat()
        edge.clock.advance(20_000)
        line.connection.transport.abort()
    await gone(edge, talk.slug)
    assert (await attended(edge, talk.slug))["minutes_present"] == "3"
