"""What files are called, and until when they are interim."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import T0, after, asked, draft, live
from tests.exports.examples import flexible, snapshot
from turnout.domain.commands import End, Publish
from turnout.exports.file_names import content_disposition, final_at, is_interim, labelled

END = T0 + 300_000
ended = after(asked(3), [End()], END)


def names(header: str) -> tuple[str, str]:
    """The name for old clients, and the one for all others."""
    found = re.fullmatch(
        r'attachment; filename="([a-z0-9_.-]+)"; '
        r"filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)",
        header,
    )
    assert found
    return found[1], unquote(found[2], errors="strict")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Global Dialogues 3", "Global Dialogues 3 - answers.csv"),
        ("Zażółć \N{GRINNING FACE} 对话", "Zażółć \N{GRINNING FACE} 对话 - answers.csv"),
        ('A/B\\C: what? "x" <y> | *z*', "A-B-C- what- -x- -y- - -z - answers.csv"),
        ("../../etc/passwd", "etc-passwd - answers.csv"),
        ("a\r\nb\tc", "a b c - answers.csv"),
        ("\u202egnp.\u2066", "gnp - answers.csv"),
        ("half a pair \ud800", "half a pair - answers.csv"),
        ("...", "talk - answers.csv"),
        ("", "talk - answers.csv"),
        ("x" * 200, "x" * 55 + " - answers.csv"),
    ],
    ids=ascii,
)
def test_a_file_is_named_after_the_title(title: str, name: str) -> None:
    assert names(content_disposition("talk", title, "answers.csv")) == ("talk-answers.csv", name)


def test_an_interim_file_says_so() -> None:
    header = content_disposition("talk", "Talk", "participant_data.csv", interim=True)
    assert names(header) == (
        "talk-participant_data-interim.csv",
        "Talk - participant_data-interim.csv",
    )


def test_the_file_of_a_run_says_which() -> None:
    for run, name in ((None, "answers.csv"), (1, "answers-live.csv"), (3, "answers-flex-2.csv")):
        assert labelled("answers.csv", flexible(), run) == name


@given(st.text(st.characters(), max_size=100))
def test_any_title_gives_a_name_that_file_systems_take(title: str) -> None:
    _, name = names(content_disposition("talk", title, "participant_data.csv", interim=True))
    assert name.endswith(" - participant_data-interim.csv")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    assert name[0] not in " .-"
    assert len(name.encode()) <= 255


def test_files_are_final_once_the_grace_after_the_end_has_passed() -> None:
    assert final_at(ended) == END + 60_000
    assert is_interim(snapshot(ended, at=END))
    assert is_interim(snapshot(ended, at=END + 60_000))
    assert not is_interim(snapshot(ended, at=END + 60_001))


def test_before_the_end_all_files_are_interim() -> None:
    for conversation in (draft(), after(draft(), [Publish()]), live()):
        assert final_at(conversation) is None
        assert is_interim(snapshot(conversation, at=END * 2))
