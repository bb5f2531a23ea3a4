"""A workbook as its parts: a zip archive of XML, read as a stream and within bounds.

A part is inflated no further than it is read; what a workbook may hold beside the cells of its
sheets (macros, pictures, links to other files) is never opened.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_INFLATED = 24 * 1024 * 1024
"""Bytes of XML that are read of one workbook; a guide with all there is takes about 3 MiB."""
MAX_ELEMENTS = 1_500_000
"""XML elements that are read of one workbook. With both, the worst file takes about two seconds."""
MAX_CHARACTERS = 8 * 1024 * 1024
"""Of all cells: a text that many cells share is looked at in each of them."""
_CHUNK = 256 * 1024
_PARTS_OF = {
    "officeDocument": "workbook",
    "worksheet": "worksheet",
    "sharedStrings": "strings",
    "styles": "styles",
}
DAMAGED = "The workbook is damaged and cannot be opened. Save it again, or save the guide as CSV."
_ERRORS = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on archives and XML that are damaged or made to do harm."""


class Unreadable(Exception):
    """The file is no workbook that can be read; the text says why and what to do."""


Attributes = Mapping[str, str]
"""By local name: `r:id` is `id`."""


@dataclass(slots=True)
class Handlers:
    """What a part's elements do, by local name."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None] = field(default=lambda name: None)
    text: Callable[[str], None] = field(default=lambda text: None)


@dataclass(frozen=True, slots=True)
class Related:
    """What a part refers to: `kind` is workbook, worksheet, strings or styles."""

    kind: str
    part: str


class Package:
    """The archive. Unreadable if it is none, or no workbook that this reader takes."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error
        self._left = MAX_INFLATED
        self._elements = MAX_ELEMENTS
        self._characters = MAX_CHARACTERS
        self._refuse_other_kinds()

    def _refuse_other_kinds(self) -> None:
        names = set(self._archive.namelist())
        if "_rels/.rels" not in names:
            if "content.xml" in names:
                raise Unreadable("The file is an OpenDocument (.ods). Save it as .xlsx or as CSV.")
            raise Unreadable("The file is a zip archive and no workbook. Import the guide itself.")
        if "xl/workbook.bin" in names:
            raise Unreadable("The file is a binary workbook (.xlsb). Save it as .xlsx or as CSV.")

    def related(self, part: str) -> dict[str, Related]:
        """What `part` refers to, by id; "" is the archive itself. Kinds of no use are left out."""
        folder, name = posixpath.split(part)
        found: dict[str, Related] = {}

        def start(element: str, attributes: Attributes) -> None:
            kind = _PARTS_OF.get(attributes.get("Type", "").rpartition("/")[2])
            if element == "Relationship" and kind and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", folder, attributes.get("Target", ""))
                )
                found[attributes.get("Id", "")] = Related(kind, target.lstrip("/"))

        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels in self._archive.NameToInfo:
            self.read(rels, Handlers(start))
        return found

    def count(self, text: str) -> None:
        """A cell with this text was met. Unreadable if the texts of the cells are too much."""
        self._characters -= len(text)
        if self._characters < 0:
            raise Unreadable(_too_large())

    def read(self, part: str, handlers: Handlers) -> None:
        """Call the handlers for all of a part. Unreadable if that cannot be done."""
        for _ in self.stream(part, handlers):
            pass

    def stream(self, part: str, handlers: Handlers) -> Iterator[None]:
        """The same, with a pause after each piece: whoever has enough just stops."""
        parser = self._parser(handlers)
        try:
            with self._archive.open(self._info(part)) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable(_too_large())
                    parser.Parse(chunk, False)
                    yield
            parser.Parse(b"", True)
            yield
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error

    def _info(self, part: str) -> zipfile.ZipInfo:
        info = self._archive.NameToInfo.get(part)
        if info is None:
            raise Unreadable(DAMAGED)
        if info.flag_bits & 1:
            raise Unreadable("The archive is protected by a password. Take it off and save again.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(DAMAGED)  # others may ask for gigabytes of memory
        return info

    def _parser(self, handlers: Handlers) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def start(name: str, attributes: dict[str, str]) -> None:
            self._elements -= 1
            if self._elements < 0:
                raise Unreadable(_too_large())
            handlers.start(_local(name), {_local(key): attributes[key] for key in attributes})

        def doctype(*_: object) -> None:
            raise Unreadable(DAMAGED)  # entities could grow without end

        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: handlers.end(_local(name))
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = doctype
        return parser


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _too_large() -> str:
    what = "The workbook holds much more than a guide. Copy the guide into a new workbook"
    return f"{what}, or save it as CSV."
