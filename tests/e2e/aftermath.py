"""A conversation that is over, with all that can become of a link."""

from __future__ import annotations

import csv
import io

import pytest

from tests.e2e.crowd import Crowd
from tests.e2e.site import Site, Talk
from tests.second_client.client import Client, Refusal

GUIDE = """\
items:
  - message: Welcome! There are no right answers here.
  - single_choice: How did you come here today?
    options: ["On foot", "By bicycle", "By bus", "By car"]
  - scale: How safe do you feel when you cross the street in front of your house?
    min: 0
    max: 10
  - open_text: What would make your street a better place for everybody who lives there?
  - single_choice: Do you think the city does enough for people who walk?
    options: ["Yes", "No"]
  - single_choice: Do you think the city does enough for people who ride a bicycle?
    options: ["Yes", "No"]
  - open_text: Is there anything you could not say?
"""
ASKED = (2, 3, 4, 5, 7)
"""Items. The sixth, question 5, is skipped."""
SAID: dict[int, dict[str, object]] = {
    2: {"option": 1},
    3: {"number": 7},
    4: {"text": "Benches in the shade"},
    5: {"option": 2},
    7: {"text": "مقاعد في الظل"},
}
ANSWERED = (5, 5, 5, 5, 5, 5, 5, 4, 4, 3, 3, 2, 1, 0)
"""How many of the questions each person answers, the first ones. The last one is removed."""
LINKS = 18
"""The link after the people's came too late; nobody ever opened the others."""


async def over(site: Site, *, grace: int = 0, title: str = "Our town, our streets") -> Talk:
    """It was live and has ended."""
    talk = await site.talk(GUIDE, title=title, people=LINKS)
    await site.configure(talk, grace=grace)
    await site.command(talk, "publish", "start", "next")
    crowd = Crowd(site, talk)
    await crowd.join(len(ANSWERED))
    for nth, item in enumerate(ASKED):
        if item == ASKED[-1]:
            await site.do(talk, "skip", item=6)
        await site.command(talk, "next")
        await crowd.answer(slice(sum(many > nth for many in ANSWERED)), item, SAID[item])
    await site.do(talk, "remove", participant=len(ANSWERED))
    await crowd.leave()
    await site.command(talk, "end")
    with pytest.raises(Refusal, match="over"):
        await Client(site.address, talk.slug, talk.pids[len(ANSWERED)]).prove("join")
    return talk


def rows(text: str) -> list[dict[str, str]]:
    """Those of an export."""
    return list(csv.DictReader(io.StringIO(text, newline="")))
