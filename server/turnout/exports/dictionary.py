"""The data dictionary: what every column of every file means, in the words of docs/files.md."""

from __future__ import annotations

from itertools import chain
from typing import Final

from turnout.exports import answers, links, participant_data, questions
from turnout.exports.csv_file import Table
from turnout.exports.participant_data import Outcome

COLUMNS = ("file", "column", "meaning")

MEANINGS: Final[dict[str, dict[str, str]]] = {
    "links.csv": dict(
        zip(
            links.COLUMNS,
            (
                "the number in the link, by which the other files name the participant; empty for "
                "the single link",
                "the address to send",
            ),
            strict=True,
        )
    ),
    "participant_data.csv": dict(
        zip(
            participant_data.COLUMNS,
            (
                "as in links.csv",
                "floor(100 x questions_answered / questions_asked); empty where nothing was asked",
                "questions asked to which an answer of this participant counts, each once",
                "the questions that were sent to everybody and not taken back, each once however "
                "often it was sent; in flex every question that was not taken back; messages are "
                "no questions. The same for all, whenever they came",
                "the same over the questions at which the participant was present, floored: "
                "connected at some time while the question was open, or it was answered; empty "
                "where there was none",
                "whole minutes of all connections together, where several overlap once; cut at the "
                "end and its grace",
                "the first time the participant's page reported after Join",
                "the last sign of life, at most the end and its grace",
                "how often the link moved to another device",
                "complete, left, removed, never_joined or turned_away: see below",
                "why the last try to join was turned away, for turned_away; else empty",
            ),
            strict=True,
        )
    ),
    "answers.csv": dict(
        zip(
            answers.COLUMNS,
            (
                "as in links.csv",
                "as in questions.csv; it never changes",
                "the wording as it was shown then, guarded",
                "single_choice, multiple_choice, open_text, number or scale",
                "the option's text, the own answer, the text or the number; guarded unless it is a "
                "number",
                "when the server stored it",
                "yes if it came after the question closed, within the grace; else no",
                "yes if a moderator muted the participant; else no",
                "yes if the question was taken back and so does not count in the percentages; else "
                "no",
            ),
            strict=True,
        )
    ),
    "questions.csv": dict(
        zip(
            questions.COLUMNS,
            (
                "the id in answers.csv",
                "its place among the questions of the guide, from 1, as pages show it",
                "as in answers.csv",
                "the wording, guarded",
                "when it was first sent",
                "when it was last closed; empty while it is open",
                "participants who were present at it, as in percent_while_present",
                "answers that count",
            ),
            strict=True,
        )
    ),
}

OUTCOMES: Final[dict[Outcome, str]] = {
    "complete": "answered all that was asked (at least one question), or was connected in the last "
    "60 seconds before the end of a run in the file; while it goes on the moment of the file "
    "stands for the end",
    "left": "any other who joined",
    "removed": "removed by a moderator, whatever was answered",
    "never_joined": "nobody joined with the link; all other columns but participant_id are empty, "
    "since nobody was there to whom a number could belong",
    "turned_away": "the same, but somebody tried; reason is the code of the last refusal, such as "
    "full or over",
}


def dictionary() -> Table:
    """`data_dictionary.csv`: a row for each column, file by file, and then for each outcome."""
    columns = (
        (file, column, meaning)
        for file, meanings in MEANINGS.items()
        for column, meaning in meanings.items()
    )
    outcomes = (
        ("participant_data.csv", f"outcome = {outcome}", meaning)
        for outcome, meaning in OUTCOMES.items()
    )
    return Table(COLUMNS, chain(columns, outcomes))
