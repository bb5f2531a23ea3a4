"""Another device tries a link that is in use: it must be refused at the door and on a socket."""

from __future__ import annotations

import asyncio

import msgspec

from turnout import wire
from turnout.rehearsal.connection import NotConnected, connect
from turnout.rehearsal.device import Device
from turnout.rehearsal.frames import read
from turnout.rehearsal.house import House
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.moving import OTHER_DEVICE
from turnout.rehearsal.robot import Robot
from turnout.rehearsal.trying import AGAIN_AFTER, PATIENCE, answered, is_elsewhere, words


async def intrude(robot: Robot, house: House) -> None:
    """Try, and count what came of it."""
    ledger, device = house.ledger, Device()
    ledger.count("second-device", "tried")
    try:
        answer = await answered(lambda: house.door.join(robot.link, device))
        if is_elsewhere(answer):
            ledger.count("second-device", "refused")
        else:
            ledger.trouble(f"{robot.row}: another device that joined was {words(answer)}")
        async with asyncio.timeout(PATIENCE):
            code = await _hello(robot, device, ledger)
    except (TimeoutError, wire.Malformed) as error:
        ledger.trouble(f"{robot.row}: another device got no answer ({type(error).__name__})")
        return
    if code == OTHER_DEVICE:
        ledger.count("second-device", "socket_refused")
    else:
        what = "welcomed" if code is None else f"sent away with {code}"
        ledger.trouble(f"{robot.row}: another device that said hello was {what}")


class _Caller:
    """What a socket says to who only knocks. `name` is used in troubles."""

    def __init__(self, name: str, ledger: Ledger) -> None:
        loop = asyncio.get_running_loop()
        self._name = name
        self._ledger = ledger
        self.nonce: asyncio.Future[str] = loop.create_future()
        self.welcomed: asyncio.Future[None] = loop.create_future()

    def take(self, text: bytes) -> None:
        match read(_decoder, text, self._name, self._ledger):
            case wire.Challenge(nonce=nonce) if not self.nonce.done():
                self.nonce.set_result(nonce)
            case wire.Welcome() if not self.welcomed.done():
                self.welcomed.set_result(None)
            case _:
                return


async def _hello(robot: Robot, device: Device, ledger: Ledger) -> int | None:
    """Say hello without a join: the code with which it is sent away, None for a welcome. Tries
    again whenever the server went away first."""
    link = robot.link
    while True:
        caller = _Caller(f"another device of {robot.row}", ledger)
        try:
            connection = await connect(link.socket, link.origin, caller.take)
        except NotConnected:
            await asyncio.sleep(AGAIN_AFTER)
            continue
        first = asyncio.FIRST_COMPLETED
        await asyncio.wait((caller.nonce, connection.closed), return_when=first)
        if caller.nonce.done():
            nonce = caller.nonce.result()
            proof = device.proof("hello", nonce, link.origin, link.slug, link.pid)
            connection.send(wire.encode(wire.Hello(tab=1, link=link.pid, proof=proof)))
            await asyncio.wait((caller.welcomed, connection.closed), return_when=first)
        connection.abort()
        if caller.welcomed.done():
            return None
        code = await connection.closed
        if 4400 <= code <= 4499:
            return code
        await asyncio.sleep(AGAIN_AFTER)


_decoder: msgspec.json.Decoder[wire.ToParticipant] = msgspec.json.Decoder(wire.ToParticipant)
