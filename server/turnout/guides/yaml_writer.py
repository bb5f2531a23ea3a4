"""Discussion guides in our own YAML form, as a person would write them: the reverse of
`turnout.guides.yaml_guide`.

Every text that YAML 1.1 programs could take for something else stands in quotes, so that the file
means the same to them as to our reader.
"""

from __future__ import annotations

import re
from typing import Any, assert_never

import yaml

from turnout.domain.guide import (
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.guides.cells import duration_text
from turnout.guides.problems import GuideFile

_TEXT = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_MAPPING = "tag:yaml.org,2002:map"
_BLOCK = re.compile(r"(?:[^\s][^\n]*\n+)+[^\s][^\n]*\n?")
"""Several lines, none of which begins with a blank: the texts that look best as a block."""
_ODD = re.compile(
    "[^\\S \\n]|[\\0-\\x09\\x0b-\\x1f\\x7f-\\xa0\\u2000-\\u200f\\u2028-\\u202e\\ufeff]"
)
"""Invisible characters and unusual breaks: escapes show them, and keep them."""
_RESOLVER: Any = yaml.resolver.Resolver()  # untyped

Entry = tuple[str, yaml.Node]


class _Dumper(yaml.SafeDumper):
    """SafeDumper that indents lists."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists inside mappings are indented too."""
        super().increase_indent(flow, False)


def write_yaml(guide: GuideFile) -> str:
    """The YAML text of a guide that has no faults (`turnout.domain.guide.faults`); reading it
    gives the same items, with ids 1..n, and the same title. Remarks are not written."""
    entries = [("title", _text(guide.title))] if guide.title else []
    entries.append(("items", _list([_item(item) for item in guide.items])))
    text: str = yaml.serialize(
        _mapping(entries), Dumper=_Dumper, allow_unicode=True, width=100, indent=2
    )
    return text


def _item(item: Item) -> yaml.Node:
    entries = [(item.content.type, _text(item.text)), *_content(item.content)]
    entries += _texts(section=item.section, tag=item.tag, notes=item.notes)
    if item.duration is not None:
        entries.append(("duration", _bare(duration_text(item.duration))))
    entries += _flags(auto_close=item.auto_close, onboarding=item.onboarding)
    return _mapping(entries)


def _content(content: Content) -> list[Entry]:
    match content:
        case SingleChoice() | MultipleChoice():
            options = [_option(option) for option in content.options]
            flags = _flags(other=content.other, randomize=content.randomize)
            return [("options", _list(options)), *flags] if options else flags
        case Number():
            numbers = {"min": content.min, "max": content.max, "step": content.step}
            return [(name, _bare(_number(number))) for name, number in numbers.items()]
        case Scale():
            ends = [("min", _bare(str(content.min))), ("max", _bare(str(content.max)))]
            return ends + _texts(min_label=content.min_label, max_label=content.max_label)
        case Message() | OpenText():
            return []
        case never:
            assert_never(never)


def _option(option: Option) -> yaml.Node:
    return _mapping([("exclusive", _text(option.text))]) if option.exclusive else _text(option.text)


def _texts(**texts: str) -> list[Entry]:
    return [(name, _text(text)) for name, text in texts.items() if text]


def _flags(**flags: bool) -> list[Entry]:
    return [(name, _bare("true")) for name, flag in flags.items() if flag]


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)


def _text(text: str) -> yaml.Node:
    """A text; the emitter takes quotes where it must be told from something else."""
    style = '"' if _ODD.search(text) else None
    if style is None and "\n" in text:
        style = "|" if _BLOCK.fullmatch(text) else '"'
    return yaml.ScalarNode(_TEXT, text, style=style)


def _bare(value: str) -> yaml.Node:
    """A value that stands without quotes, whatever YAML 1.1 takes it for."""
    return yaml.ScalarNode(_RESOLVER.resolve(yaml.ScalarNode, value, (True, False)), value)


def _list(nodes: list[yaml.Node]) -> yaml.Node:
    return yaml.SequenceNode(_LIST, nodes, flow_style=False)


def _mapping(entries: list[Entry]) -> yaml.Node:
    nodes = [(yaml.ScalarNode(_TEXT, name), value) for name, value in entries]
    return yaml.MappingNode(_MAPPING, nodes, flow_style=False)
