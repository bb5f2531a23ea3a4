"""What the fake server knows: one conversation, kept as lines of JSON that survive kill -9.

Never a model for the real one.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import UNSET
from starlette.websockets import WebSocket

from turnout import wire
from turnout.domain.guide import Scale, options_of
from turnout.guides import GuideFile, read_guide
from turnout.rehearsal.audit import COLUMNS

TOKEN = "secret-token"
SLUG = "talk"
Record = dict[str, Any]


def wire_items(guide: GuideFile) -> list[wire.Item]:
    """The guide's items as messages carry them."""
    items, number = [], 0
    for item in guide.items:
        number += item.is_question
        content = item.content
        options = [wire.Choice(o.text, o.exclusive) for o in options_of(content)]
        scale = content if isinstance(content, Scale) else None
        items.append(
            wire.Item(
                item.id,
                content.type,
                number if item.is_question else 0,
                item.text,
                options,
                other=getattr(content, "other", False),
                min=UNSET if scale is None else scale.min,
                max=UNSET if scale is None else scale.max,
                duration=UNSET if item.duration is None else item.duration,
            )
        )
    return items


class Fake:
    """`lies`: what it does wrong (the tests name them). `data`: its folder."""

    def __init__(self, data: Path, origin: str, lies: frozenset[str] = frozenset()) -> None:
        data.mkdir(parents=True, exist_ok=True)
        (data / "token").write_text(TOKEN + "\n", encoding="utf-8")
        self.origin, self.lies, self.epoch = origin, lies, "e1"
        self.items: list[wire.Item] = []
        self.pids: list[str] = []
        self.phase: wire.Phase = "draft"
        self.events: list[wire.EventFrame] = []
        self.status: dict[int, Literal["open", "closed"]] = {}
        self.keys: dict[str, str] = {}
        self.said_hello: list[str] = []
        self.answers: dict[tuple[str, int], wire.Mine] = {}
        self.cids: dict[str, int] = {}
        self.people: dict[WebSocket, str] = {}
        self.lobby: set[WebSocket] = set()
        self.screens: set[WebSocket] = set()
        self.told_lies: set[str] = set()
        self.nonces: set[str] = set()
        self._log = data / "log.jsonl"
        if self._log.exists():
            for line in self._log.read_text(encoding="utf-8").splitlines():
                self.apply(json.loads(line))
        self._file = self._log.open("a", encoding="utf-8")

    def close(self) -> None:
        self._file.close()

    def store(self, record: Record) -> None:
        self._file.write(json.dumps(record) + "\n")
        self._file.flush()
        self.apply(record)

    def apply(self, record: Record) -> None:
        match record["k"]:
            case "create":
                guide = read_guide(record["name"], base64.b64decode(record["data"]))
                assert isinstance(guide, GuideFile)
                self.items, self.pids = wire_items(guide), record["pids"]
            case "join":
                self.keys[record["pid"]] = record["key"]
            case "hello":
                self.said_hello.append(record["pid"])
            case "answer":
                mine = msgspec.convert(record["mine"], wire.Mine)
                self.answers[record["pid"], mine.question] = mine
            case "command":
                self.cids[record["cid"]] = self.rev
                self._command(record["op"])
                self.cids[record["cid"]] = self.rev

    @property
    def rev(self) -> int:
        return len(self.events)

    @property
    def sent_rev(self) -> int:
        kinds = (wire.OpenedEvent, wire.MessageEvent)
        return max((e.rev for e in self.events if isinstance(e.event, kinds)), default=0)

    def lie_once(self, lie: str) -> bool:
        """Whether to tell this lie now: only the first time."""
        if lie not in self.lies or lie in self.told_lies:
            return False
        self.told_lies.add(lie)
        return True

    def _event(self, event: wire.SeenEvent) -> None:
        self.events.append(wire.EventFrame(self.rev + 1, self.rev, event))

    def _command(self, op: str) -> None:
        match op:
            case "publish":
                self.phase = "published"
                self._event(wire.PhaseEvent("published"))
            case "start":
                self.phase = "live"
                self._event(wire.PhaseEvent("live"))
            case "end":
                self.phase = "ended"
                self.status = dict.fromkeys(self.status, "closed")
                self._event(wire.PhaseEvent("ended"))
            case "next":
                self._next(next(item for item in self.items if item.id not in self.status))

    def _next(self, item: wire.Item) -> None:
        if item.type == "message":
            self._event(wire.MessageEvent(item))
        else:
            for id, status in self.status.items():
                if status == "open" and self.items[id - 1].type != "message":
                    self.status[id] = "closed"
                    self._event(wire.ClosedEvent(id))
            self._event(wire.OpenedEvent(item))
        self.status[item.id] = "open"

    # --- what people see --------------------------------------------------------------------

    def asked(self) -> list[wire.Item]:
        return [i for i in self.items if i.id in self.status and i.type != "message"]

    def progress(self, pid: str) -> wire.Progress:
        asked = len(self.asked())
        answered = sum(1 for p, _ in self.answers if p == pid)
        percent = 100 * answered // asked if asked else None
        if "wrong_progress" in self.lies and answered:
            percent = 101
        return wire.Progress(asked, answered, percent)

    def welcome(self, pid: str, resume: wire.Resume | None) -> wire.Welcome:
        mine = [answer for (p, _), answer in self.answers.items() if p == pid]
        state: wire.State | msgspec.UnsetType = UNSET
        deltas: list[wire.Delta] | msgspec.UnsetType = UNSET
        if resume is not None and resume.epoch == self.epoch and resume.rev <= self.rev:
            later = self.events[resume.rev :]
            deltas = [wire.Delta(e.rev, e.prev, e.event) for e in later]
        else:
            seen = [
                wire.Seen(self.items[id - 1], "open" if status == "open" else "closed")
                for id, status in self.status.items()
            ]
            state = wire.State("Talk", self.phase, seen)
        return wire.Welcome(
            self.epoch,
            self.rev,
            mine,
            self.progress(pid),
            25_000,
            now(),
            wire.Limits(2000, 16, wire.MAX_FRAME),
            state=state,
            deltas=deltas,
        )

    def staff_state(self) -> wire.StaffState:
        entries = [
            wire.StaffItem(
                item,
                self.status.get(item.id, "queued"),
                "1",
                sent_at=1 if item.id in self.status else UNSET,
            )
            for item in self.items
        ]
        return wire.StaffState(
            SLUG, "Talk", self.phase, "unique", len(self.pids), False, 60, 60, entries,
            self.sent_rev,
        )  # fmt: skip

    def answer(self, pid: str, message: wire.Answer) -> wire.Accepted | wire.Refused:
        if self.lie_once("retry"):
            return wire.Refused(message.aid, "retry", "wait", retry_ms=20)
        if self.lie_once("refuse"):
            return wire.Refused(message.aid, "invalid", "no reason")
        key = pid, message.question
        stored = self.answers.get(key)
        if stored is not None and stored.aid != message.aid:
            counted = wire.Counted(stored.aid, stored.revision, stored.body)
            return wire.Refused(message.aid, "superseded", "another", stored=counted)
        if stored is None:
            mine = wire.Mine(message.question, message.aid, 1, message.body)
            record = {"k": "answer", "pid": pid, "mine": msgspec.to_builtins(mine)}
            if not self.lie_once("forget"):
                self.store(record)
        again = stored is not None and self.lie_once("count_again")
        return wire.Accepted(message.aid, 2 if again else 1, self.progress(pid))

    # --- files ------------------------------------------------------------------------------

    def file(self, name: str) -> bytes:
        rows = list({
            "links.csv": self._links,
            "participant_data.csv": self._people,
            "answers.csv": self._answer_rows,
            "questions.csv": self._questions,
        }[name]())  # fmt: skip
        text = io.StringIO(newline="")
        csv.writer(text).writerows([COLUMNS[name], *rows])
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def _links(self) -> Iterator[tuple[object, ...]]:
        yield from ((pid, f"{self.origin}/c/{SLUG}?pid={pid}") for pid in self.pids)

    def _people(self) -> Iterator[tuple[object, ...]]:
        asked = len(self.asked())
        for pid in self.said_hello:
            answered = sum(1 for p, _ in self.answers if p == pid)
            right = 100 * answered // asked
            percent = 7 if self.lie_once("wrong_percent") else right
            yield pid, percent, answered, asked, right, 1, "t", "t", 0, "complete", ""

    def _answer_rows(self) -> Iterator[tuple[object, ...]]:
        for (pid, question), mine in self.answers.items():
            item, body = self.items[question - 1], mine.body
            if self.lie_once("lose"):
                continue
            shown: object = body.text if body.text is not UNSET else body.other
            if body.number is not UNSET:
                shown = body.number
            if body.option is not UNSET:
                shown = item.options[body.option - 1].text
            if body.options is not UNSET:
                texts = [item.options[n - 1].text for n in body.options]
                texts += [] if body.other is UNSET else [body.other]
                shown = "|".join(text.replace("|", "\u00a6") for text in texts)
            if self.lie_once("change"):
                shown = "something else"
            row = (pid, question, item.text, item.type, shown, "t", "no", "no", "no")
            yield row
            if self.lie_once("double"):
                yield row

    def _questions(self) -> Iterator[tuple[object, ...]]:
        for item in self.asked():
            answered = sum(1 for _, q in self.answers if q == item.id)
            present = len(self.said_hello)
            if self.lie_once("miscount"):
                answered += 1
            yield item.id, item.number, item.type, item.text, "t", "t", present, answered


def now() -> int:
    return time.time_ns() // 1_000_000
