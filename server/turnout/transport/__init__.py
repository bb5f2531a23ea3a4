"""What carries a session's frames once a websocket was accepted: a small object outside ASGI, or
plain ASGI. Knows nothing of conversations."""

from turnout.transport.bounds import PROTOCOL, Bounds, RequestBounds
from turnout.transport.carrier import Carrier, Transport, protocol_class
from turnout.transport.detachable import DetachableProtocol
from turnout.transport.requests import RequestProtocol
from turnout.transport.sessions import (
    Draining,
    Ended,
    Living,
    Opening,
    Parting,
    Prompt,
    Resyncing,
    Session,
)

__all__ = [
    "PROTOCOL",
    "Bounds",
    "Carrier",
    "DetachableProtocol",
    "Draining",
    "Ended",
    "Living",
    "Opening",
    "Parting",
    "Prompt",
    "RequestBounds",
    "RequestProtocol",
    "Resyncing",
    "Session",
    "Transport",
    "protocol_class",
]
