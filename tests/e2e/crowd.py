"""People who take part without a browser, many at once."""

from __future__ import annotations

from collections.abc import Mapping

from tests.e2e.site import Site, Talk
from tests.second_client.client import Client


class Crowd:
    """People who take part without a browser."""

    def __init__(self, site: Site, talk: Talk) -> None:
        self._site, self._talk = site, talk
        self.people: list[Client] = []

    async def join(self, number: int) -> None:
        """So many more."""
        for pid in self._talk.pids[len(self.people) :][:number]:
            client = Client(self._site.address, self._talk.slug, pid)
            await client.prove("join")
            await client.hello()
            self.people.append(client)

    async def answer(self, who: slice, item: int, *bodies: Mapping[str, object]) -> None:
        """Each says the next of these about a question that is open, and is heard."""
        for n, client in enumerate(self.people[who]):
            await is_asked(client, item)
            await client.answer(item, **bodies[n % len(bodies)])
            await is_heard(client)

    async def leave(self) -> None:
        """All of them close their pages."""
        for client in self.people:
            await client.cut()


async def is_asked(client: Client, item: int) -> None:
    await client.until(lambda: client.items.get(item, {}).get("status") == "open")


async def is_heard(client: Client) -> None:
    await client.until(lambda: not client.outbox)
