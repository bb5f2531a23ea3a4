"""Ids, and files made of them."""

from turnout.match import Matched, NotMatched, match

A, B, C, D, E = (f"p{number}123456789abcdef" for number in range(5))
DATA_HEADER = "participant_id,percent_answered,percent_while_present,minutes_present,outcome,reason"
DATA = "\n".join(
    (
        DATA_HEADER,
        f"{A},80,100,58,complete,",
        f"{B},79,90,20,left,",
        f"{C},,,,turned_away,over",
        f"{D},,,,never_joined,",
    )
)
NUMBERS = slice(-6, None)


def done(
    roster: str | bytes, data: str | bytes = DATA, *, threshold: int = 80, column: str | None = None
) -> Matched:
    matched = match(_bytes(roster), _bytes(data), threshold=threshold, id_column=column)
    assert isinstance(matched, Matched), matched
    return matched


def refused(
    roster: str | bytes, data: str | bytes = DATA, *, column: str | None = None
) -> tuple[str, list[tuple[int, str, str]]]:
    found = match(_bytes(roster), _bytes(data), id_column=column)
    assert isinstance(found, NotMatched), found
    return found.file, [(problem.row, problem.column, problem.what) for problem in found.problems]


def added(matched: Matched) -> list[tuple[object, ...]]:
    """Our columns of every row."""
    return [row[NUMBERS] for row in matched.table.rows]


def _bytes(file: str | bytes) -> bytes:
    return file.encode() if isinstance(file, str) else file
