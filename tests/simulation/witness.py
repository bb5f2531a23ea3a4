"""Watches a simulation and holds what pages show and servers say to the invariants I1 to I13 of the
protocol, as far as they concern these parts. Never changes anything."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.plan import Plan
from tests.simulation.record import Record, Violation
from tests.simulation.store import SimulatedStore, Witness
from turnout.domain.answers import Offer, Stored
from turnout.domain.conversation import Conversation
from turnout.domain.events import Recorded

Kept = dict[str, Any]
SAVED = {"saved", "replaced", "late", "elsewhere", "locked"}
STOPPING = {1000, 1007, 1009, *range(4400, 4500)}
TAPS = {"use here", "again", "join", "move here"}
"""What people do to come back."""
SETTLES = 3_000
"""Milliseconds after which anything that a page knows of answers is on its disk."""


@dataclass(slots=True)
class PageSeen:
    """What is known of one page. `kept`: its answers by question, changed last at `since`; `disk`:
    what it has written or read; `deeds`: what its person did at the moment `at`."""

    number: int
    device: int
    pid: str
    opened_at: int
    kept: dict[int, Kept] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    disk: dict[int, Kept] = field(default_factory=dict)
    conversation: dict[str, Any] | None = None
    at: int = -1
    deeds: list[list[Any]] = field(default_factory=list)
    stopped: bool = False
    closed_at: int | None = None
    awake_at: int = 0
    looks: dict[str, Any] | None = None

    def did(self, question: int, *kinds: str) -> bool:
        """Whether its person did this now."""
        return any(deed[0] in kinds and deed[1] == question for deed in self.deeds)


class Watching(Witness):
    """Of one simulation."""

    def __init__(self, plan: Plan) -> None:
        self.record = Record()
        self.pages: dict[int, PageSeen] = {}
        self.disks: dict[tuple[int, int], Kept] = {}
        self.typed: dict[tuple[str, int], set[str]] = {}
        self.sent: dict[str, str] = {}
        self.dismissed: set[tuple[str, int]] = set()
        self.acknowledged: dict[str, str] = {}
        self._pids = [device.pid for device in plan.devices]

    # --- the store, and what the server says ----------------------------------------------------

    def restored(self, store: SimulatedStore) -> None:
        self.record.begin(store)

    def happened(
        self, store: SimulatedStore, recorded: Recorded, before: Conversation, after: Conversation
    ) -> None:
        self.record.happened(store, recorded, after)

    def counted(
        self, store: SimulatedStore, participant: int, offer: Offer, stored: Stored, now: int
    ) -> None:
        self.record.counted(store, participant, offer, stored, now)

    def sent_down(self, kind: str, what: object) -> None:
        """The server sends a frame, or closes."""
        if kind == "fail" and what == 1011:
            raise Violation("server", "a session failed")
        if kind != "say":
            return
        frame = json.loads(str(what))
        if "progress" in frame:
            self._percentage(frame)
        if frame["t"] == "accepted" and frame["aid"] not in self.record.aids:
            raise Violation("I1", f"{frame['aid']} was acknowledged before it was stored")

    def _percentage(self, frame: dict[str, Any]) -> None:
        """I7: by the definition; in `welcome` with what was asked and answered at that rev."""
        numbers = frame["progress"]
        asked, answered = numbers["asked"], numbers["answered"]
        if numbers["percent_answered"] != (100 * answered // asked if asked else None):
            raise Violation("I7", f"{numbers}")
        if frame["t"] != "welcome":
            return
        counts = self.record.asked_at[frame["epoch"], frame["rev"]]
        done = counts & {one["question"] for one in frame["mine"]}
        if (asked, answered) != (len(counts), len(done)):
            raise Violation("I7", f"{numbers} where {len(done)} of {len(counts)} were answered")

    # --- pages ----------------------------------------------------------------------------------

    def opened(self, number: int, device: int, at: int) -> None:
        """A page load."""
        self.pages[number] = PageSeen(number, device, self._pids[device], at)

    def closing(self, number: int, at: int) -> None:
        """It will be gone."""
        self.pages[number].closed_at = at

    def living(self, device: int, now: int) -> list[PageSeen]:
        """The pages of this device that are not about to be closed, oldest first."""
        pages = [page for page in self.pages.values() if page.device == device]
        return [page for page in pages if page.closed_at is None and page.opened_at <= now]

    def told(self, page: PageSeen, time: int, kind: str, parts: list[Any]) -> None:
        """Something happened on this page."""
        if time != page.at:
            page.at, page.deeds = time, []
        match kind, parts:
            case "did", _:
                self._did(page, parts)
            case "kept", [question, kept, shown]:
                self._kept(page, time, question, kept, shown)
            case "disk", [question, kept]:
                self.disks[page.device, question] = page.disk[question] = kept
            case "conversation", [conversation]:
                self._conversation(page, conversation)
            case "send", [_, frame]:
                self._sent(page, json.loads(frame))
            case "heard", [_, code]:
                page.stopped = code in STOPPING
            case "connect", _:
                if page.stopped:
                    raise Violation("I13", f"page {page.number} came back by itself")
            case "looks", [looks]:
                page.looks = looks
            case _:
                pass

    def _did(self, page: PageSeen, parts: list[Any]) -> None:
        page.deeds.append(parts)
        if parts[0] in TAPS:
            page.stopped = False
        if parts[0] == "type":
            self.typed.setdefault((page.pid, parts[1]), set()).add(written(parts[2]))
        if parts[0] == "dismiss":
            self.dismissed.add((page.pid, parts[1]))

    def _conversation(self, page: PageSeen, conversation: dict[str, Any] | None) -> None:
        """I4 and I5."""
        before, page.conversation = page.conversation, conversation
        if conversation is None:
            return
        state = dict(conversation)
        epoch, rev = state.pop("epoch"), state.pop("rev")
        if before is not None and before["epoch"] == epoch and before["rev"] > rev:
            raise Violation("I4", f"page {page.number} fell from {before['rev']} to {rev}")
        if state != self.record.states.get((epoch, rev)):
            true = self.record.states.get((epoch, rev))
            raise Violation("I5", f"page {page.number} at {epoch} {rev} has {state}, not {true}")

    def _sent(self, page: PageSeen, frame: dict[str, Any]) -> None:
        """An answer is on the disk before it is sent, and always the same under its id."""
        if frame["t"] != "answer":
            return
        aid, body = frame["aid"], written(frame.get("body", {}))
        kept = page.disk.get(frame["question"], {})
        if aid not in kept.get("aids", ()) and aid != kept.get("pending", {}).get("aid"):
            raise Violation("kept first", f"page {page.number} sent {aid} before it was kept")
        if self.sent.setdefault(aid, body) != body:
            raise Violation("same body", f"page {page.number} sent another body as {aid}")

    def _kept(self, page: PageSeen, time: int, question: int, kept: Kept, shown: list[str]) -> None:
        old = page.kept.get(question, {})
        page.kept[question], page.since[question] = kept, time
        self._only_its_own(page, question, kept)
        self._saved(page, question, kept, shown)
        if kept == self.disks.get((page.device, question)):
            page.disk[question] = kept  # it was read
            return
        self._nothing_lost(page, question, old, kept)

    def _only_its_own(self, page: PageSeen, question: int, kept: Kept) -> None:
        """Nothing stands under a question but what was written there."""
        typed = self.typed.get((page.pid, question), set())
        bodies = [kept.get("draft"), kept.get("next")]
        bodies += [kept.get(name, {}).get("body") for name in ("pending", "held", "note")]
        for body in bodies:
            if body and written(body) not in typed:
                raise Violation("draft", f"page {page.number} has {body} under {question}")

    def _saved(self, page: PageSeen, question: int, kept: Kept, shown: list[str]) -> None:
        """I3: saved is what the store has, and nothing else looks like it."""
        held = kept.get("held")
        if held is not None:
            key = held["epoch"], page.pid, question, held["revision"]
            true = self.record.truth.get(key)
            if true != (held["aid"], held["body"]):
                raise Violation("I3", f"page {page.number} holds {held} of {question}, not {true}")
        if SAVED & set(shown) and (held is None or "pending" in kept):
            raise Violation("I3", f"page {page.number} shows {shown} of {kept}")

    def _nothing_lost(self, page: PageSeen, question: int, old: Kept, kept: Kept) -> None:
        """What was written stays until it counts, is given up, or is shown as refused."""
        who = f"page {page.number}, question {question}"
        note = kept.get("note", {})
        draft = old.get("draft")
        gone = draft and kept.get("draft") != draft and note.get("kind") != "invalid"
        if gone and not page.did(question, "type", "submit", "send", "dismiss", "edit"):
            raise Violation("draft", f"{who} lost the draft {draft}")
        pending, now = old.get("pending"), kept.get("pending", {})
        following = kept.get("next") or now.get("body") or note.get("body")
        given_up = pending and now.get("aid") != pending["aid"] and "body" not in note
        counted = self.record.ever.get((page.pid, question), set())
        if pending and given_up and pending["aid"] not in counted:
            raise Violation("I1", f"{who} gave {pending} up, {kept}")
        waited = old.get("next")
        if waited and following != waited and not page.did(question, "submit", "send"):
            raise Violation("I1", f"{who} lost {waited}, which waited")


def written(body: dict[str, Any]) -> str:
    """Of a draft or an answer, what people wrote."""
    if body.get("ownChosen") or "other" in body:
        return f"other {body.get('own', body.get('other'))}"
    if "number" in body:
        return f"number {float(body['number'])}"
    return json.dumps({name: body[name] for name in ("option", "options", "text") if name in body})
