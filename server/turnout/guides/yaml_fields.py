"""The fields of YAML mappings: found by name, converted by what each field is, or a problem."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import yaml

from turnout.guides.cells import number_of, seconds_of, whole_number, yes_or_no
from turnout.guides.problems import Problem
from turnout.guides.yaml_nodes import line_of

MAX_SHOWN = 60
"""Characters of a wrong value that its problem repeats."""


class Fields:
    """The known fields of one mapping of the file. Everything wrong goes to `problems`, with the
    line and the field; what is asked for then has its default, and reading goes on."""

    def __init__(
        self, node: yaml.Node, known: Sequence[str], problems: list[Problem], hint: str = ""
    ) -> None:
        self.line = line_of(node)
        self.values: dict[str, yaml.Node] = {}
        self.lines: dict[str, int] = {}
        self.has_unknown = False
        self._problems = problems
        if not isinstance(node, yaml.MappingNode):
            what = f"Here stands a field with its value, such as '{hint or known[0]}: …'."
            self.problem("", what, self.line)
            return
        for key, value in node.value:
            self._add(key, value, known)

    def _add(self, key: yaml.Node, value: yaml.Node, known: Sequence[str]) -> None:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        line = line_of(key)
        if name in self.lines:
            what = f"'{name}' stands here twice, first in line {self.lines[name]}. Keep one."
            self.problem(name, what, line)
        elif name in known:
            self.lines[name] = line
            self.values[name] = value
        else:
            self.has_unknown = True
            self.problem(name[:MAX_SHOWN], _unknown(name, known), line)

    def problem(self, field: str, what: str, line: int | None = None) -> None:
        """Something is wrong with a field; without `line`, where the field stands."""
        if line is None:
            line = self.lines.get(field, self.line)
        self._problems.append(Problem(line, field, what))

    def text(self, field: str) -> str:
        """The text of a field as it was written; "" without the field."""
        node = self.values.get(field)
        if node is None:
            return ""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self.problem(field, "Here stands one text. Put it in quotes if it holds ': '.")
        return ""

    def flag(self, field: str) -> bool:
        """Yes or no; without the field, no."""
        text = self.text(field)
        if (flag := yes_or_no(text)) is None:
            self.problem(field, f"{_quoted(text)} is neither true nor false. Write one.")
        return bool(flag)

    def seconds(self, field: str) -> int | None:
        """A duration `mm:ss` or `h:mm:ss` in seconds; None without one."""
        if not (text := self.text(field)).strip():
            return None
        seconds = seconds_of(text, minutes_alone=False)
        if seconds is None:
            self.problem(field, f"{_quoted(text)} is no duration. Write minutes and seconds: 1:30.")
        return seconds

    def number(self, field: str, default: float | None = None) -> float | None:
        """A finite number; without the field the default, and a problem if there is none."""
        return self._number(field, default, whole=False)

    def whole(self, field: str) -> int | None:
        """A whole number; None and a problem without the field."""
        number = self._number(field, None, whole=True)
        return None if number is None else int(number)

    def _number(self, field: str, default: float | None, *, whole: bool) -> float | None:
        if field not in self.values:
            if default is None:
                self.problem(field, f"There is no '{field}'. Add it.")
            return default
        text = self.text(field)
        number = whole_number(text) if whole else number_of(text)
        if number is None and isinstance(self.values[field], yaml.ScalarNode):
            kind = "whole number, such as 5" if whole else "number, such as 5 or 0.5"
            self.problem(field, f"{_quoted(text)} is no {kind}.")
        return number

    def sequence(self, field: str) -> list[yaml.Node]:
        """The nodes of a list; none without the field or with nothing in it."""
        node = self.values.get(field)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value.strip()):
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.problem(field, "Here stands a list: lines that begin with '- '.")
        return []


def _unknown(name: str, known: Sequence[str]) -> str:
    if not name:
        return f"A field needs a name. There are: {', '.join(known)}."
    near = get_close_matches(name[:MAX_SHOWN], known, n=1, cutoff=0.6)
    if near:
        return f"There is no field {_quoted(name)}; did you mean '{near[0]}'?"
    return f"There is no field {_quoted(name)} here. There are: {', '.join(known)}."


def _quoted(text: str) -> str:
    return f"'{text.strip()[:MAX_SHOWN]}'"
