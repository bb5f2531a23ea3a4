"""Discussion guides as files: the spreadsheet template (CSV or a workbook) and our own YAML.

Pure: text and bytes in, values out. A file that is no guide gives `Problems` in words, whatever is
in it; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from turnout.domain.guide import MAX_GUIDE_BYTES, Item, Scale, options_of
from turnout.guides.problems import GuideFile, Problem, Problems
from turnout.guides.source import MAX_FILE_BYTES, text_of
from turnout.guides.template import read_template
from turnout.guides.template_writer import template_remarks, write_template
from turnout.guides.workbook_guide import BEGINNING, read_workbook
from turnout.guides.yaml_guide import read_yaml
from turnout.guides.yaml_writer import write_yaml

__all__ = [
    "GuideFile",
    "Problem",
    "Problems",
    "read_guide",
    "template_remarks",
    "write_template",
    "write_yaml",
]

_YAML_NAME = re.compile(r".*\.ya?ml", re.IGNORECASE | re.DOTALL)
_CSV_NAME = re.compile(r".*\.(?:csv|tsv|tab)", re.IGNORECASE | re.DOTALL)
_YAML_BEGINNING = re.compile(r"^(?:title|items)[ \t]*:", re.MULTILINE)


def read_guide(name: str, data: bytes) -> GuideFile | Problems:
    """The guide in a file. The ending of `name` says which form it has (.yaml, .yml; .csv, .tsv,
    .tab); under any other name the content decides. A workbook (.xlsx) is known by its content
    alone. Never raises, whatever `data` is."""
    guide = _read(name, data)
    if isinstance(guide, GuideFile):
        size = sum(len(text.encode()) for item in guide.items for text in _texts(item))
        if size > MAX_GUIDE_BYTES:
            most = MAX_GUIDE_BYTES // 1024
            what = f"The texts of the guide take more than {most} KiB. Split it in two."
            return Problems((Problem(0, "", what),))
    return guide


def _read(name: str, data: bytes) -> GuideFile | Problems:
    if data.startswith(BEGINNING) and len(data) <= MAX_FILE_BYTES:
        return read_workbook(data)
    text = text_of(data)
    if isinstance(text, Problem):
        return Problems((text,))
    is_yaml = _YAML_NAME.fullmatch(name) or (
        not _CSV_NAME.fullmatch(name) and _YAML_BEGINNING.search(text)
    )
    return read_yaml(text) if is_yaml else read_template(text)


def _texts(item: Item) -> Iterator[str]:
    yield from (item.text, item.section, item.tag, item.notes)
    yield from (option.text for option in options_of(item.content))
    if isinstance(item.content, Scale):
        yield from (item.content.min_label, item.content.max_label)
