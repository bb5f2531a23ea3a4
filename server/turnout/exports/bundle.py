"""`bundle.zip`: all files of a conversation together, with the counts that must add up.

Says what stands in it and as of when its entries are dated; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from turnout.domain.refusals import Refused
from turnout.exports.csv_file import render
from turnout.exports.dictionary import dictionary
from turnout.exports.files import DATA, TABLES, Options, pieces
from turnout.exports.readme import readme
from turnout.exports.snapshot import Snapshot

ALL_LINKS = "participant_data_all.csv"
DICTIONARY = "data_dictionary.csv"
README = "README.txt"
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_LAST = datetime(2107, 12, 31, tzinfo=UTC)
"""What a zip file can say."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def bundle(snapshot: Snapshot, options: Options) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Names and bytes of all that stands in it. `snapshot`: `of_run`. Without the participant
    files where the conversation is anonymous."""
    yield README, iter([readme(snapshot, options.run).encode()])
    yield DICTIONARY, render(dictionary(), options.dialect)
    for name in (*TABLES, DATA):
        joined = pieces(name, snapshot, replace(options, include_all=False))
        if isinstance(joined, Refused):
            continue
        yield name, joined
        if name == "participant_data.csv":
            everybody = pieces(name, snapshot, replace(options, include_all=True))
            assert not isinstance(everybody, Refused)
            yield ALL_LINKS, everybody


def dated(snapshot: Snapshot) -> tuple[int, int, int, int, int, int]:
    """When the part of the conversation that the files are about ended (before its end: the last
    event), in UTC: year, month, day, hour, minute, second. Never the time of export."""
    conversation = snapshot.conversation
    at = conversation.at if conversation.ended_at is None else conversation.ended_at
    moment = min(max(_EPOCH + timedelta(milliseconds=at), _FIRST), _LAST)
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
