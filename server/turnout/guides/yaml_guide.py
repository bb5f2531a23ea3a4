"""Our own YAML form of a discussion guide (docs/guides.md describes it field by field).

The reader knows each field's type and converts the text as it was written, so that an option
called `no` or `1.50` is just that. `turnout.guides.yaml_writer` writes what is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

import yaml

from turnout.domain.guide import (
    MAX_ITEMS,
    MAX_SECTION,
    Content,
    Item,
    ItemType,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
    faults,
)
from turnout.guides.problems import GuideFile, Problem, Problems, in_order
from turnout.guides.yaml_fields import Fields
from turnout.guides.yaml_nodes import compose, line_of

TYPES: tuple[str, ...] = get_args(ItemType)
COMMON = ("section", "tag", "notes", "duration", "auto_close", "onboarding")
OWN: dict[str, tuple[str, ...]] = {
    "message": (),
    "single_choice": ("options", "other", "randomize"),
    "multiple_choice": ("options", "other", "randomize"),
    "open_text": (),
    "number": ("min", "max", "step"),
    "scale": ("min", "max", "min_label", "max_label"),
}
"""The fields of each type, beside the `COMMON` ones."""
FIELDS = (*TYPES, *dict.fromkeys(name for names in OWN.values() for name in names), *COMMON)

_UNREAD = "\uffff"
"""Stands for a text that could not be read, so that the rest of the item is judged."""


@dataclass(slots=True)
class _Entry:
    """An item of the file: its fields, and the lines of its options."""

    fields: Fields
    type: str = "message"
    option_lines: list[int] = field(default_factory=list)


def read_yaml(text: str) -> GuideFile | Problems:
    """The guide in a YAML text, or every problem in it (a text that is no YAML has one, the
    first). Never raises."""
    root = compose(text)
    if isinstance(root, Problem):
        return Problems((root,))
    problems: list[Problem] = []
    fields = Fields(root, ("title", "items"), problems, hint="items")
    title = fields.text("title")
    if len(title) > MAX_SECTION:
        fields.problem("title", f"The title has more than {MAX_SECTION} characters. Shorten it.")
    nodes = fields.sequence("items")
    if not nodes and not problems:
        fields.problem("items", "There are no items. Write at least one below 'items:'.")
    if len(nodes) > MAX_ITEMS:
        what = f"A guide holds at most {MAX_ITEMS} items. Split it in two."
        fields.problem("items", what, line_of(nodes[MAX_ITEMS]))
    read = [_item(id, node, problems) for id, node in enumerate(nodes[:MAX_ITEMS], start=1)]
    items = tuple(item for item, _ in read)
    _judge(items, [entry for _, entry in read], problems)
    return Problems(in_order(problems)) if problems else GuideFile(items, title)


def _judge(items: tuple[Item, ...], entries: list[_Entry], problems: list[Problem]) -> None:
    """Add what the domain finds wrong, each where it stands in the file."""
    for fault in faults(items):
        entry = entries[fault.position - 1]
        name = entry.type if fault.field == "text" else fault.field or ""
        line = entry.option_lines[fault.option - 1] if fault.option else None
        entry.fields.problem(name, fault.what, line)


def _item(id: int, node: yaml.Node, problems: list[Problem]) -> tuple[Item, _Entry]:
    """The item that a mapping describes. What cannot be read is a problem, and stands in the
    item as something that has no fault."""
    before = len(problems)
    entry = _Entry(Fields(node, FIELDS, problems, hint="message"))
    fields = entry.fields
    types = [name for name in TYPES if name in fields.values]
    text = _UNREAD
    content: Content = Message()
    if len(types) == 1:
        entry.type = types[0]
        unread = len(problems)
        text = fields.text(entry.type)
        text = text if len(problems) == unread else _UNREAD
        content = _content(entry, problems)
    elif types or len(problems) == before:
        what = f"An item has exactly one of these: {', '.join(TYPES)}."
        fields.problem(types[-1] if types else "", what)
    item = Item(
        id,
        text,
        content,
        section=fields.text("section"),
        tag=fields.text("tag"),
        notes=fields.text("notes"),
        duration=fields.seconds("duration"),
        auto_close=fields.flag("auto_close"),
        onboarding=fields.flag("onboarding"),
    )
    return item, entry


def _content(entry: _Entry, problems: list[Problem]) -> Content:
    fields, own = entry.fields, OWN[entry.type]
    for name in fields.lines:
        if name not in own and name not in COMMON and name != entry.type:
            there = f"It may have: {', '.join((*own, *COMMON))}."
            fields.problem(name, f"An item of type '{entry.type}' has no '{name}'. {there}")
    match entry.type:
        case "single_choice":
            return SingleChoice(*_choice(entry, problems))
        case "multiple_choice":
            return MultipleChoice(*_choice(entry, problems))
        case "open_text":
            return OpenText()
        case "number":
            low, high = fields.number("min"), fields.number("max")
            step = fields.number("step", 1)
            if low is not None and high is not None and step is not None:
                return Number(low, high, step)
        case "scale":
            ends = fields.whole("min"), fields.whole("max")
            labels = fields.text("min_label"), fields.text("max_label")
            if ends[0] is not None and ends[1] is not None:
                return Scale(ends[0], ends[1], *labels)
    return Message()


def _choice(entry: _Entry, problems: list[Problem]) -> tuple[tuple[Option, ...], bool, bool]:
    """The options, whether 'Other' is allowed, whether the order is randomised."""
    fields = entry.fields
    unread = len(problems)
    nodes = fields.sequence("options")
    entry.option_lines = [line_of(node) for node in nodes]
    options = tuple(_option(number, node, problems) for number, node in enumerate(nodes, start=1))
    other, randomize = fields.flag("other"), fields.flag("randomize")
    return options, other or len(problems) > unread, randomize


def _option(number: int, node: yaml.Node, problems: list[Problem]) -> Option:
    """A text, or `exclusive: text`. What cannot be read stands there under its number."""
    if isinstance(node, yaml.ScalarNode):
        return Option(node.value)
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if keys == ["exclusive"] and isinstance(node.value[0][1], yaml.ScalarNode):
        return Option(node.value[0][1].value, exclusive=True)
    what = f"Option {number} is no text. Put it in quotes if it holds ': ' or begins with [ or {{."
    problems.append(Problem(line_of(node), "options", what))
    return Option(f"{_UNREAD}{number}")
