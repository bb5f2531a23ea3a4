"""YAML text as nodes, by a small and safe part of YAML 1.1.

There are mappings, lists and texts. Nothing is converted: `no`, `1.50` and `2024-01-01` stay the
texts they are written as. Anchors, aliases, tags, deep nesting and a second document are refused,
so that nothing grows beyond the size of the file.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError

from turnout.guides.problems import Problem

MAX_CHARACTERS = 512 * 1024
MAX_NODES = 50_000
MAX_DEPTH = 8
"""With these the worst file takes about two seconds; a guide of `MAX_GUIDE_BYTES` fits."""

_QUOTES = (
    "Put a text in quotes if it holds ': ' or ' #', or begins with a sign such as - * & ! ? [ { @."
)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Escapes in double quotes can write these."""


class _Refused(Exception):
    """The YAML is right, and not taken here."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.problem = Problem(line, "", what)


class _Loader(yaml.BaseLoader):
    """BaseLoader resolves nothing: every scalar is a text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; called for each level of nesting."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            what = "Anchors and aliases (& and *) are not used in a guide. Write the text out"
            raise _Refused(line, f"{what}, or put it in quotes.")
        if event.tag is not None:
            what = "Tags (!) are not used in a guide. Take it out, or put the text in quotes."
            raise _Refused(line, what)
        if self._depth == MAX_DEPTH:
            what = "Nested too deep for a guide. Put texts with brackets in quotes."
            raise _Refused(line, what)
        if self._nodes == MAX_NODES:
            what = f"The file holds more than {MAX_NODES:,} values. Take out what is no guide."
            raise _Refused(line, what)
        self._nodes += 1
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        if isinstance(node, yaml.ScalarNode) and _UNSTORABLE.search(node.value):
            what = "The text holds a character that cannot be stored (NUL or half a pair)."
            raise _Refused(line, f"{what} Take it out.")
        return node


def compose(text: str) -> yaml.Node | Problem:
    """The root of the one document in `text`, of at most `MAX_CHARACTERS`. Never raises."""
    if len(text) > MAX_CHARACTERS:
        most = MAX_CHARACTERS // 1024
        what = f"The file has more than {most} thousand characters. Take out what is no guide."
        return Problem(0, "", what)
    try:
        node = _Loader(text).get_single_node()
    except _Refused as refused:
        return refused.problem
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what = f"The character U+{ord(text[error.position]):04X} cannot stand in YAML. Take it out."
        return Problem(line, "", what)
    except ComposerError as error:  # with aliases refused, it has no other cause
        return Problem(_line(error), "", "A second document begins here ('---'). Keep one.")
    except yaml.MarkedYAMLError as error:
        return Problem(_line(error), "", _syntax(error))
    except (ValueError, OverflowError):  # such as "\UFFFFFFFF"
        what = "An escape with a backslash, or a line with %, names what does not exist."
        return Problem(0, "", f"{what} Correct it.")
    return node or Problem(0, "", "The file is empty.")


def line_of(node: yaml.Node) -> int:
    """The line where a node begins, from 1."""
    return int(node.start_mark.line) + 1


def _line(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark
    return mark.line + 1 if mark else 0


def _syntax(error: yaml.MarkedYAMLError) -> str:
    if "'\\t'" in str(error.problem):
        return "A tab stands where YAML wants blanks. Indent with blanks."
    return f"This is no valid YAML: {error.problem}. {_QUOTES}"
