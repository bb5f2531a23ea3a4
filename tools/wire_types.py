"""Writes client/src/wire.ts, the client's message types, from server/turnout/wire.py.

`python tools/wire_types.py` writes the file; with `--check` it only says, by exit status 1, that
the committed file is stale. It needs no Node, and must never invent a type: what it cannot express
fails.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "client" / "src" / "wire.ts"
HEADER = "// Made from server/turnout/wire.py by `make wire`. Do not edit."
UNIONS = ("FromParticipant", "ToParticipant", "FromStaff", "ToStaff")
BODIES = ("Join", "Check", "Nonce", "About", "TakeoverAsked", "Ready", "Joined", "Refusal")
CONSTANTS = ("SUBPROTOCOL",)


def generate(unions: Mapping[str, Any], bodies: Sequence[type[msgspec.Struct]]) -> str:
    """TypeScript for these union aliases, these structs and all that they hold: closed readonly
    interfaces in the order in which they are needed. TypeError for a type without a counterpart."""
    types = {name: inspect.type_info(union) for name, union in unions.items()}
    structs: dict[type, inspect.StructType] = {}
    for one in (*types.values(), *map(inspect.type_info, bodies)):
        _collect(one, structs)
    parts = [_interface(struct) for struct in structs.values()]
    parts += [f"export type {name} = {_expression(union)};\n" for name, union in types.items()]
    return "\n".join(parts)


def from_wire() -> str:
    """The whole text of client/src/wire.ts."""
    from turnout import wire  # here, so that the generator itself can be tested on other types

    unions = {name: getattr(wire, name) for name in UNIONS}
    bodies = [getattr(wire, name) for name in BODIES]
    constants = "".join(
        f"export const {name} = {_literal(getattr(wire, name))};\n" for name in CONSTANTS
    )
    return f"{HEADER}\n\n{constants}\n{generate(unions, bodies)}"


def _collect(one: inspect.Type, structs: dict[type, inspect.StructType]) -> None:
    """Every struct in this type, parts before what holds them."""
    if isinstance(one, inspect.StructType):
        if one.cls in structs:
            return
        for field in one.fields:
            _collect(field.type, structs)
        if one.cls.__name__ in {cls.__name__ for cls in structs}:
            raise TypeError(f"two structs are named {one.cls.__name__}")
        structs[one.cls] = one
    for part in _parts(one):
        _collect(part, structs)


def _parts(one: inspect.Type) -> Iterator[inspect.Type]:
    match one:
        case inspect.Metadata(type=inner):
            yield inner
        case inspect.UnionType(types=types):
            yield from types
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            yield item
        case inspect.DictType(key_type=key, value_type=value):
            yield key
            yield value
        case _:
            return


def _interface(struct: inspect.StructType) -> str:
    lines = [*_comment(struct.cls), f"export interface {struct.cls.__name__} {{"]
    if struct.tag_field is not None:
        lines.append(f"  readonly {struct.tag_field}: {_literal(struct.tag)};")
    for field in struct.fields:
        optional = "?" if not field.required or _may_be_unset(field.type) else ""
        lines.append(f"  readonly {field.encode_name}{optional}: {_expression(field.type)};")
    return "\n".join([*lines, "}\n"])


def _comment(cls: type) -> list[str]:
    """The docstring, as it is broken into lines. msgspec's own (a signature) is none."""
    text = (cls.__doc__ or "").strip()
    if not text or text.startswith(f"{cls.__name__}("):
        return []
    lines = [line.strip() for line in text.replace("*/", "* /").splitlines()]
    if len(lines) == 1:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}".rstrip() for line in lines), " */"]


def _expression(one: inspect.Type) -> str:
    match one:
        case inspect.Metadata(type=inner):
            return _expression(inner)
        case inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.UnionType(types=types):
            return " | ".join(_expression(part) for part in types if not _is_unset(part))
        case inspect.LiteralType(values=values):
            return " | ".join(_literal(value) for value in values)
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            element = _expression(item)
            return f"readonly ({element})[]" if " " in element else f"readonly {element}[]"
        case inspect.DictType(key_type=key, value_type=value):
            return f"Readonly<Record<{_expression(key)}, {_expression(value)}>>"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.StrType():
            return "string"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case _:
            raise TypeError(f"no TypeScript for {one}")


def _may_be_unset(one: inspect.Type) -> bool:
    return isinstance(one, inspect.UnionType) and any(map(_is_unset, one.types))


def _is_unset(one: inspect.Type) -> bool:
    return isinstance(one, inspect.CustomType) and one.cls is msgspec.UnsetType


def _literal(value: object) -> str:
    return msgspec.json.encode(value).decode()


def main(arguments: Sequence[str]) -> int:
    """0: written, or current; 1: stale (`--check`)."""
    text = from_wire()
    if "--check" in arguments:
        current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TARGET.relative_to(ROOT)} is stale: run `make wire`.", file=sys.stderr)
        return 0 if current else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
