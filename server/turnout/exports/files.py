"""Which files there are, and which options they take: the same for the console, the command line
and the bundle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from turnout.domain.refusals import Refused
from turnout.exports.answers import answers
from turnout.exports.csv_file import Dialect, Table, render
from turnout.exports.data_json import data_json
from turnout.exports.links import links
from turnout.exports.participant_data import participant_data
from turnout.exports.questions import questions
from turnout.exports.snapshot import Snapshot

DATA, BUNDLE = "data.json", "bundle.zip"
TABLES = ("links.csv", "participant_data.csv", "answers.csv", "questions.csv")
NAMES = (*TABLES, DATA, BUNDLE)


@dataclass(frozen=True, slots=True)
class Options:
    """`run`: which run the files are about (from 1), None for all together; `include_all`: in
    participant_data.csv also the links that nobody joined with; `public`: the address that links
    begin with."""

    public: str
    run: int | None = None
    include_all: bool = False
    dialect: Dialect = field(default_factory=Dialect)


def table(name: str, snapshot: Snapshot, options: Options) -> Table | Refused:
    """One of `TABLES`; `snapshot`: `of_run`. Refused (`anonymous`) for participant_data.csv of the
    single link. KeyError for another name."""
    match name:
        case "links.csv":
            return links(snapshot, options.public)
        case "participant_data.csv":
            return participant_data(snapshot, include_all=options.include_all)
        case "answers.csv":
            return answers(snapshot)
        case "questions.csv":
            return questions(snapshot)
        case _:
            raise KeyError(name)


def pieces(name: str, snapshot: Snapshot, options: Options) -> Iterator[bytes] | Refused:
    """The bytes of one of `TABLES` or of data.json, in pieces of about 64 KiB."""
    if name == DATA:
        return data_json(snapshot, options.run)
    made = table(name, snapshot, options)
    return made if isinstance(made, Refused) else render(made, options.dialect)
