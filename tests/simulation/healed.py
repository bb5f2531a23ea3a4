"""What must be so once nothing breaks any more and everybody had time to come back."""

from __future__ import annotations

from tests.simulation.record import Violation
from tests.simulation.store import Person, SimulatedStore
from tests.simulation.witness import SETTLES, PageSeen, Watching


def check_healed(watching: Watching, store: SimulatedStore) -> None:
    """Raise the first violation."""
    running = store.rows.conversation.phase in ("live", "flex")
    for page in watching.pages.values():
        if page.closed_at is not None:
            _left_nothing(page, page.closed_at)
        elif page.conversation is not None or running:
            _is_back(watching, store, page)
    for (pid, question), aids in watching.record.ever.items():
        _is_stored(watching, store, pid, question, aids)


def _left_nothing(page: PageSeen, at: int) -> None:
    for question, kept in page.kept.items():
        if page.since[question] < at - SETTLES and page.disk.get(question) != kept:
            raise Violation("draft", f"page {page.number} had not kept {kept} when it was closed")


def _is_back(watching: Watching, store: SimulatedStore, page: PageSeen) -> None:
    """I6 and I7: on the last rev, on the open question, with the true percentage and nothing left
    to send."""
    looks, who = page.looks, f"page {page.number}"
    if looks is None or looks["line"] != "open" or page.conversation is None or looks["gap"]:
        raise Violation("I6", f"{who} is not back: {looks}")
    last = store.epoch, store.rows.conversation.seen_rev
    if (page.conversation["epoch"], page.conversation["rev"]) != last:
        raise Violation("I6", f"{who} is not at {last}")
    open_now = store.rows.conversation.open_question
    question = None if open_now is None else open_now.item.id
    view = looks["view"]
    if looks["open"] != question:
        raise Violation("I6", f"{who} believes {looks['open']} open, not {question}")
    stays = view["stay"] is not None or view["passed"] is not None or view["list"]
    if question is not None and not stays and looks["shown"] not in (question, None):
        raise Violation("I6", f"{who} shows {looks['shown']}, not {question}")
    known = {seen["item"]["id"] for seen in page.conversation["items"]}
    if unsent := known & set(looks["unsent"]):
        raise Violation("outbox", f"{who} still has answers to {unsent} to send")
    person = store.rows.people[page.pid]
    _holds_what_counts(store, page, person)
    counts = watching.record.asked.counts
    answered = sum((person.id, question) in store.rows.counted for question in counts)
    percent = 100 * answered // len(counts) if counts else None
    if looks["progress"] != {"asked": len(counts), "answered": answered, "percent": percent}:
        raise Violation("I7", f"{who} says {looks['progress']}: {answered} of {len(counts)}")


def _holds_what_counts(store: SimulatedStore, page: PageSeen, person: Person) -> None:
    held = {
        question: (kept["held"]["aid"], kept["held"]["revision"])
        for question, kept in page.kept.items()
        if "held" in kept
    }
    counted = {
        question: (stored.aid, stored.revision)
        for (who, question), stored in store.rows.counted.items()
        if who == person.id
    }
    if held != counted:
        raise Violation("I5", f"page {page.number} holds {held} where {counted} count")


def _is_stored(
    watching: Watching, store: SimulatedStore, pid: str, question: int, aids: set[str]
) -> None:
    """I1: who once had an answer that counted has one now. A restored store may lack it if it
    can't be asked for any more; then the page shows so."""
    person = store.rows.people.get(pid)
    if person is not None and (person.id, question) in store.rows.counted:
        return
    if store.epoch == "e1":
        raise Violation("I1", f"nothing of {aids} counts for question {question}")
    theirs = [page for page in watching.pages.values() if page.pid == pid]
    if not any(page.closed_at is None and page.conversation for page in theirs):
        return  # nobody joins anew once it is over
    for page in theirs:
        if {"note", "pending"} & page.kept.get(question, {}).keys():
            return
    if (pid, question) not in watching.dismissed:
        raise Violation("I1", f"nothing of {aids} came back for question {question}")
