"""`links.csv`"""

from tests.domain.examples import draft, settings
from tests.exports.examples import file_of, pid, rows_of, snapshot
from turnout.exports.links import links

PUBLIC = "https://turnout.example"


def test_one_row_for_each_link_in_order() -> None:
    rows = rows_of(links(snapshot(draft(), links=3), PUBLIC))
    assert rows == [
        {"participant_id": pid(n), "link": f"{PUBLIC}/c/talk?pid={pid(n)}"} for n in (1, 2, 3)
    ]


def test_b47_neither_mark_nor_quotation_marks_come_near_an_address() -> None:
    data = file_of(links(snapshot(draft(), links=1), PUBLIC))
    line = f"{pid(1)},{PUBLIC}/c/talk?pid={pid(1)}\r\n"
    assert data == b"\xef\xbb\xbfparticipant_id,link\r\n" + line.encode()


def test_the_single_link_is_one_row_without_an_id() -> None:
    conversation = draft(chosen=settings(links="single"))
    rows = rows_of(links(snapshot(conversation), PUBLIC))
    assert rows == [{"participant_id": "", "link": f"{PUBLIC}/c/talk"}]
