"""A file system that forgets what was not synced, as a disk does when its power is cut.

`python -m tests.faults.forgetful FOLDER` mounts it there (Linux, root, /dev/fuse; it speaks the
kernel's FUSE protocol itself) and obeys its standard input: `cut SEED` takes every file back to its
last fsync; of what came later a part may have reached the disk, which the seed decides, in any
order and torn between sectors. At the end of the input it is gone. Names are durable at once: what
a directory forgets is not its subject. Everything is in memory.
"""

from __future__ import annotations

import ctypes
import errno
import os
import random
import select
import stat
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

SECTOR = 512
MAX_WRITE = 128 * 1024
_HEAD = struct.Struct("<IIQQIIII")
_REPLY = struct.Struct("<IiQ")
_ATTR = struct.Struct("<6Q10I")
_ROOT = 1
_DETACH = 2
_SIZE, _MODE = 1 << 3, 1 << 0


class Refused(Exception):
    """`args[0]`: the errno."""


@dataclass(slots=True)
class Node:
    """A file or a folder. `pending`: since the last sync, writes as (offset, bytes) and truncations
    as (size, None)."""

    mode: int
    children: dict[bytes, int] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, at: int, data: bytes | None) -> None:
        """Write or truncate; not durable before `sync`."""
        _apply(self.data, at, data)
        self.pending.append((at, data))

    def sync(self) -> None:
        """All of it reaches the disk."""
        for at, data in self.pending:
            _apply(self.durable, at, data)
        self.pending.clear()

    def forget(self, chance: random.Random, kept: float) -> int:
        """The power is cut: each sector of a write survives with the chance `kept`; how many bytes
        did not."""
        lost = 0
        for at, data in self.pending:
            if data is None:
                if chance.random() < kept:
                    _apply(self.durable, at, None)
                continue
            for start in range(0, len(data), SECTOR):
                sector = data[start : start + SECTOR]
                if chance.random() < kept:
                    _apply(self.durable, at + start, sector)
                else:
                    lost += len(sector)
        self.pending.clear()
        self.data = bytearray(self.durable)
        return lost


def _apply(target: bytearray, at: int, data: bytes | None) -> None:
    end = at if data is None else at + len(data)
    if len(target) < end:
        target.extend(bytes(end - len(target)))
    if data is None:
        del target[at:]
    else:
        target[at:end] = data


class Files:
    """The tree, by the numbers of its nodes."""

    def __init__(self) -> None:
        self.nodes = {_ROOT: Node(stat.S_IFDIR | 0o755)}
        self._next = _ROOT + 1

    def cut(self, seed: str) -> int:
        """How many bytes are forgotten. In every third cut nothing that was not synced survives."""
        chance = random.Random(f"cut {seed}")
        kept = chance.choice((0.0, 0.5, 0.9))
        return sum(node.forget(chance, kept) for node in self.nodes.values())

    def look(self, parent: int, name: bytes) -> int:
        """The number of a child."""
        found = self.nodes[parent].children.get(name)
        if found is None:
            raise Refused(errno.ENOENT)
        return found

    def make(self, parent: int, name: bytes, mode: int) -> int:
        """A new child."""
        number, self._next = self._next, self._next + 1
        self.nodes[number] = Node(mode)
        self.nodes[parent].children[name] = number
        return number

    def move(self, old: tuple[int, bytes], new: tuple[int, bytes]) -> None:
        """Rename, over what may be there."""
        number = self.look(*old)
        del self.nodes[old[0]].children[old[1]]
        self.nodes[new[0]].children[new[1]] = number


class Kernel:
    """Answers the kernel's requests about `files`."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._answers: dict[int, Callable[[int, bytes], bytes]] = {
            1: lambda node, body: self._entry(files.look(node, _name(body))),
            3: lambda node, _: self._attributes(node),
            4: self._set,
            9: lambda node, body: self._entry(
                files.make(node, _name(body[8:]), stat.S_IFDIR | _first(body))
            ),
            10: self._unlink,
            11: self._unlink,
            12: lambda node, body: self._rename(node, body, 8),
            14: lambda node, body: struct.pack("<QII", node, 0, 0),
            15: self._read,
            16: self._write,
            17: lambda node, body: struct.pack(
                "<5Q10I", *(1 << 20,) * 5, 4096, 255, 4096, *(0,) * 7
            ),
            18: lambda node, body: b"",
            20: self._sync,
            25: lambda node, body: b"",
            26: self._init,
            27: lambda node, body: struct.pack("<QII", node, 0, 0),
            28: self._list,
            29: lambda node, body: b"",
            30: lambda node, body: b"",
            35: self._create,
            45: lambda node, body: self._rename(node, body, 16),
        }

    def answer(self, request: bytes) -> bytes | None:
        """The reply to one request; None where none is due."""
        _, code, unique, node, *_ = _HEAD.unpack_from(request)
        if code in (2, 36, 42):  # forget, interrupt
            return None
        known = self._answers.get(code)
        error, body = errno.ENOSYS, b""
        if known is not None:
            try:
                error, body = 0, known(node, request[_HEAD.size :])
            except Refused as refused:
                error = refused.args[0]
        return _REPLY.pack(_REPLY.size + len(body), -error, unique) + body

    def _init(self, _node: int, _body: bytes) -> bytes:
        big_writes = 1 << 5
        return struct.pack(
            "<4IHHIIHHI7I", 7, 31, MAX_WRITE, big_writes, 16, 12, MAX_WRITE, 1, 32, 0, 0, *(0,) * 7
        )

    def _attr(self, number: int) -> bytes:
        node = self._files.nodes[number]
        size = len(node.data)
        links = 2 if node.children else 1
        rest = (0, 0, 0, node.mode, links, os.getuid(), os.getgid(), 0, 4096, 0)
        return _ATTR.pack(number, size, (size + 511) // 512, 0, 0, 0, *rest)

    def _attributes(self, number: int) -> bytes:
        return struct.pack("<QII", 0, 0, 0) + self._attr(number)

    def _entry(self, number: int) -> bytes:
        return struct.pack("<4QII", number, 0, 0, 0, 0, 0) + self._attr(number)

    def _set(self, number: int, body: bytes) -> bytes:
        node = self._files.nodes[number]
        if _first(body) & _SIZE:
            node.change(struct.unpack_from("<Q", body, 16)[0], None)
        if _first(body) & _MODE:
            node.mode = stat.S_IFMT(node.mode) | (struct.unpack_from("<I", body, 68)[0] & 0o7777)
        return self._attributes(number)

    def _unlink(self, number: int, body: bytes) -> bytes:
        child = self._files.look(number, _name(body))
        if self._files.nodes[child].children:
            raise Refused(errno.ENOTEMPTY)
        del self._files.nodes[number].children[_name(body)]
        return b""

    def _rename(self, number: int, body: bytes, names_at: int) -> bytes:
        old, new = body[names_at:].split(b"\0")[:2]
        self._files.move((number, old), (struct.unpack_from("<Q", body)[0], new))
        return b""

    def _create(self, number: int, body: bytes) -> bytes:
        mode = struct.unpack_from("<I", body, 4)[0]
        made = self._files.make(number, _name(body[16:]), stat.S_IFREG | (mode & 0o7777))
        return self._entry(made) + struct.pack("<QII", made, 0, 0)

    def _read(self, number: int, body: bytes) -> bytes:
        _, at, size = struct.unpack_from("<QQI", body)
        return bytes(self._files.nodes[number].data[at : at + size])

    def _write(self, number: int, body: bytes) -> bytes:
        _, at, size = struct.unpack_from("<QQI", body)
        self._files.nodes[number].change(at, body[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def _sync(self, number: int, _body: bytes) -> bytes:
        self._files.nodes[number].sync()
        return b""

    def _list(self, number: int, body: bytes) -> bytes:
        _, at, size = struct.unpack_from("<QQI", body)
        told = b""
        names = sorted(self._files.nodes[number].children.items())
        for place, (name, child) in enumerate(names[at:], start=at + 1):
            kind = self._files.nodes[child].mode >> 12
            one = struct.pack("<QQII", child, place, len(name), kind) + name
            one += bytes(-len(one) % 8)
            if len(told) + len(one) > size:
                break
            told += one
        return told


def _name(body: bytes) -> bytes:
    return body.split(b"\0", 1)[0]


def _first(body: bytes) -> int:
    number: int = struct.unpack_from("<I", body)[0]
    return number


def mount(folder: str) -> int:
    """Mount an empty file system; the descriptor over which the kernel asks. OSError if it may
    not."""
    libc = ctypes.CDLL(None, use_errno=True)
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40755,user_id={os.getuid()},group_id={os.getgid()}"
    words = (b"forgetful", os.fsencode(folder), b"fuse", 0, options.encode())
    if libc.mount(*words) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    return device


def serve(folder: str) -> None:
    """Until the standard input ends."""
    files = Files()
    kernel = Kernel(files)
    device = mount(folder)
    print("mounted", flush=True)
    orders = open(0, "rb", buffering=0)  # noqa: SIM115 - unbuffered, so that select sees all of it
    try:
        while True:
            ready, _, _ = select.select([device, 0], [], [])
            if device in ready:  # the kernel first
                reply = kernel.answer(os.read(device, MAX_WRITE + 4096))
                if reply is not None:
                    os.write(device, reply)
            elif order := orders.readline():
                print(files.cut(order.decode()), flush=True)
            else:
                return
    finally:
        ctypes.CDLL(None).umount2(os.fsencode(folder), _DETACH)


if __name__ == "__main__":
    serve(sys.argv[1])
