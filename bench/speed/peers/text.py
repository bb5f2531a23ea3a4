"""The question that every peer sends: PAYLOAD bytes of JSON."""

from __future__ import annotations

PAYLOAD = 600
_HEAD = '{"type":"question","text":"'
QUESTION = _HEAD + "x" * (PAYLOAD - len(_HEAD) - 2) + '"}'
