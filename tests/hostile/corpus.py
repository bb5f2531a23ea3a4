"""What no page of ours sends: JSON that is broken, odd or huge, and websocket frames that break
RFC 6455. Fixed lists; tests/hostile/mill.py makes more of them."""

from __future__ import annotations

import struct
from typing import Final

from turnout.transport.frames import BINARY, CLOSE, PING, PONG, TEXT
from turnout.transport.reassembly import unmasked

MASK: Final = b"\x0f\x1e\x2d\x3c"
CONT: Final = 0x0


def framed(
    payload: bytes,
    opcode: int = TEXT,
    *,
    fin: bool = True,
    reserved: int = 0,
    mask: bytes | None = MASK,
    says: int | None = None,
    width: int | None = None,
) -> bytes:
    """A client's frame. `says`: the length in the header, where that is a lie; `width`: the bytes
    of that length, 0, 2 or 8, where they are not as few as could be."""
    length = len(payload) if says is None else says
    if width is None:
        width = 0 if length < 126 else 2 if length < 65_536 else 8
    bit = 0 if mask is None else 0x80
    code = {0: length & 0x7F, 2: 126, 8: 127}[width]
    head = bytes(((0x80 if fin else 0) | reserved << 4 | opcode, bit | code))
    head += length.to_bytes(width) if width else b""
    return head + (payload if mask is None else mask + unmasked(payload, mask))


# --- JSON ---------------------------------------------------------------------------------------

VALUES: Final = (
    *("null", "true", "false", "0", "-0", "-1", "1.5", "1e2", "1e-400", "1E400", "-1e999"),
    *("9007199254740992", "9007199254740993", "9223372036854775808", "18446744073709551616"),
    *("1" + "0" * 400, "0." + "3" * 400, "-" + "9" * 25, "NaN", "Infinity", "-Infinity"),
    *("01", "+1", ".5", "1.", "0x10", "1_000", "1e", "--1", "\u0661\u0662"),
    *('""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"'),
    *('"\\ud83d"', '"\\uD83Dx"', '"\\u12"', '"\\x41"', '"\\"', '"\n"', '"\t"', '"\x00"', '"\x7f"'),
    *('"\u202e"', '"\ufeff"', '"\ufffe"', '"\u200b"', f'"{"x" * 2_001}"', f'"{"y" * 20_000}"'),
    *('"\'; DROP TABLE answers;--"', '"=1+1"', '"<script>alert(1)</script>"', '"{{7*7}}"'),
    *('"__proto__"', '"constructor"', '"../../etc/passwd"', '"%00"', '"%s%s%n"', "'single'"),
    *("[]", "{}", "[[]]", '[""]', "[null]", "[1,]", "[,]", "{,}", "{1:2}", '{"a"}', '{"a":}'),
    *("[" * 17 + "]" * 17, "[" * 16, "]" * 16, '{"a":' * 20 + "1" + "}" * 20),
    *("undefined", "//", "/**/", "#", "", "\ufeff1", "\u00a01", "True", "None", "nul", "tru"),
    f"[{','.join(['1'] * 5_000)}]",
)
"""As they stand in the text; most are JSON, and none is what the field means."""

DEEP: Final = (
    b'{"t":"beat","rev":0,"x":' + b"[" * 12_000,
    b'{"t":"beat","rev":0,"x":' + b"[" * 12_000 + b"]" * 12_000 + b"}",
    b'{"t":"beat","rev":0,"x":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001,
    b"[" * 30_000,
    b"{" * 30_000,
    b'{"t":"beat","rev":0,"x":' + b"[" * 15 + b"]" * 15 + b"}",
    b'{"t":"beat","rev":0,"x":' + b"[" * 16 + b"]" * 16 + b"}",
)

DOCUMENTS: Final = (
    *(
        b"",
        b" ",
        b"\n",
        b"\x00",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"null",
        b"0",
        b"[]",
        b"{}",
        b"{{}}",
    ),
    *(b"\xef\xbb\xbf{}", b"\xff\xfe{\x00}\x00", b"{\x00}", b"\xc3\x28", b"\xed\xa0\x80", b"\xf5"),
    *(
        b"\xc0\xaf",
        b"\xe2\x82",
        b'{"t":"\xff"}',
        b'{"\xff":1}',
        b"{'t':'beat'}",
        b"{t:1}",
        b"<xml/>",
    ),
    *(b'{"t":"beat","rev":0}x', b'{"t":"beat","rev":0}{"t":"beat","rev":0}', b'{"t":"beat",}'),
    *(b'{"t":"beat","t":"answer","rev":0}', b'{"t":null}', b'{"t":{}}', b'{"t":["beat"]}'),
    *(
        b'{"T":"beat","rev":0}',
        b'{"t":"Beat","rev":0}',
        b'{"t":"beat ","rev":0}',
        b'{"t":"\\u0062eat"}',
    ),
    *(b'{"t":""}', b'{"t":"welcome"}', b'{"t":"accepted","aid":"x"}', b'{"t":"bye","code":1000}'),
    *(b'{"":""}', b'{"__proto__":{"t":"beat"}}', b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"a=b&c=d"),
    *DEEP,
)
"""Whole texts of which none makes anything happen."""


# --- frames -------------------------------------------------------------------------------------

BEAT: Final = b'{"t":"beat","rev":0}'
CUT: Final = framed(b'{"t":"beat","rev":0,"x":"' + b"y" * 200 + b'"}')

BAD_UTF8: Final = (
    *(b"\x80", b"\xbf", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xf0\x80\x80\x80"),
    *(b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfe"),
    *(
        b"\xff",
        b"a\xc3",
        b"\xe2\x82",
        b"\xf0\x9f\x98",
        b"ok\xce\xba\xe1\xbd\xb9\xcf\x83\xed\xa0\x80",
    ),
)

BAD_CODES: Final = (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)

FRAMES: Final = (
    *(framed(BEAT, reserved=bits) for bits in range(1, 8)),
    *(framed(BEAT, opcode) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    *(framed(BEAT, opcode, mask=None) for opcode in (TEXT, BINARY, PING, PONG, CLOSE)),
    *(framed(b"x", opcode, fin=False) for opcode in (PING, PONG, CLOSE)),
    *(framed(b"x" * 126, opcode) for opcode in (PING, PONG, CLOSE)),
    *(framed(b"x", opcode, width=width) for opcode in (TEXT, PING) for width in (2, 8)),
    *(framed(BEAT, says=size) for size in (2**15 + 1, 2**16, 2**31, 2**32, 2**63 - 1)),
    framed(BEAT, says=2**63, width=8),
    framed(BEAT, says=2**64 - 1, width=8),
    framed(BEAT, says=len(BEAT) - 1),
    framed(BEAT, says=len(BEAT) + 1),
    framed(b"x", CONT),
    framed(b"x", CONT, fin=False),
    framed(BEAT[:5], fin=False) + framed(BEAT[5:]),
    framed(BEAT[:5], fin=False) + framed(BEAT[5:], BINARY),
    framed(BEAT[:5], fin=False) + framed(b"", CLOSE),
    *(framed(b"y" * 9_000, op, fin=False) * 4 for op in (TEXT, BINARY)),
    framed(b"y" * 9_000, fin=False) + framed(b"y" * 9_000, CONT, fin=False) * 4,
    framed(b"", fin=False) + framed(b"", CONT, fin=False) * 60,
    *(framed(bad) for bad in BAD_UTF8),
    *(framed(bad, fin=False) + framed(b"\x80", CONT) for bad in BAD_UTF8),
    framed(b"\xe2", fin=False) + framed(b"\x82", CONT, fin=False) + framed(b"x", CONT),
    framed(b"", CLOSE),
    framed(b"\x03", CLOSE),
    *(framed(struct.pack("!H", code), CLOSE) for code in BAD_CODES),
    *(framed(struct.pack("!H", 1000) + bad, CLOSE) for bad in BAD_UTF8),
    framed(struct.pack("!H", 1000) + b"x" * 124, CLOSE),
    framed(struct.pack("!H", 4400), CLOSE) + framed(BEAT),
    *(framed(BEAT, mask=mask) for mask in (bytes(4), b"\xff" * 4, b"\x00\x01\x02\x03")),
    *(CUT[:size] for size in range(1, 40)),
    framed(b"z" * 40_000),
    framed(b"z" * 70_000),
    framed("\N{SNOWMAN}".encode() * 11_000),
    framed(b"", PING) * 60,
    framed(b"p" * 125, PONG) * 60,
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50,
    b"\x00" * 64,
    b"\xff" * 64,
    b"\x81",
    b"\x81\xfe",
    b"\x81\xff\x00\x00\x00\x00",
)
