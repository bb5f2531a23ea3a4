"""`links.csv`: one row for each link, in link order; what is handed out to invite people."""

from __future__ import annotations

from turnout.domain.links import link
from turnout.exports.csv_file import Table
from turnout.exports.snapshot import Snapshot

COLUMNS = ("participant_id", "link")


def links(snapshot: Snapshot, public: str) -> Table:
    """The links below `public`, the server's public address without a slash at its end. The single
    link is one row without a participant_id."""
    if snapshot.conversation.settings.links == "single":
        return Table(COLUMNS, [(None, link(public, snapshot.slug, None))])
    return Table(
        COLUMNS, ((row.pid, link(public, snapshot.slug, row.pid)) for row in snapshot.links)
    )
