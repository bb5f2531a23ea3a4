"""How a robot comes to an answer: what it was told to say, after the time it takes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Set

from turnout import wire
from turnout.rehearsal.house import Answerer
from turnout.rehearsal.participant import Participant


class Thinking:
    """Puts answers into the participant's outbox and calls `done` after each. `late`: the places of
    questions that nobody waits for."""

    def __init__(
        self,
        participant: Participant,
        answerer: Answerer,
        late: Set[int],
        done: Callable[[], None],
    ) -> None:
        self._participant = participant
        self._answerer = answerer
        self._late = late
        self._done = done
        self._stopped = False
        self._about: set[int] = set()

    def ask(self, item: wire.Item) -> None:
        """Think about this question, unless it does already."""
        if item.id in self._about:
            return
        thought = self._answerer(item)
        if thought is None:
            return
        body, after = thought
        if item.number in self._late and self._participant.phase == "live":
            # It has to be in the outbox before the question closes.
            self._participant.answer(item.id, str(uuid.uuid4()), body)
            return
        self._about.add(item.id)
        asyncio.get_running_loop().call_later(after, self._answer, item.id, body)

    def stop(self) -> None:
        """Answer nothing more."""
        self._stopped = True

    def begin_again(self, answerer: Answerer) -> None:
        """Go on, with another answerer."""
        self._stopped = False
        self._answerer = answerer
        self._about.clear()

    def _answer(self, question: int, body: wire.Body) -> None:
        self._about.discard(question)
        if not self._stopped and self._participant.answer(question, str(uuid.uuid4()), body):
            self._done()
