"""Sessions that deal with most messages at once: without a task, but never out of turn."""

from structlog.testing import capture_logs

from tests.transport.stage import Echo, staged, until
from turnout.services.connections import FAILED
from turnout.transport import Prompt


class Quick(Echo):
    """Answers at once what begins with `now`; `now boom` is an error."""

    def take(self, frame: str | bytes) -> bool:
        """Prompt."""
        if not isinstance(frame, str) or not frame.startswith("now"):
            return False
        assert self.working == 0, "one at a time"
        if frame == "now boom":
            raise LookupError("as the test wished")
        self.happened.append(frame)
        self.connection.send(frame.encode())
        return True


async def test_what_is_dealt_with_at_once_is_not_received_as_well() -> None:
    async with staged("detached") as stage:
        stage.session = Quick
        peer, echo = await stage.pair()
        assert isinstance(echo, Prompt)
        peer.write("now 1", "later", "now 2")
        assert [await peer.text() for _ in range(3)] == ["now 1", "later", "now 2"]
        assert echo.happened[0] == "now 1"
        assert "later" in echo.received
        assert "now 1" not in echo.received


async def test_nothing_overtakes_a_message_that_waits() -> None:
    async with staged("detached") as stage:
        stage.session = Quick
        peer, echo = await stage.pair()
        peer.write("wait", "now 1", "now 2")
        await until(lambda: echo.working == 1)
        assert echo.happened == []
        echo.free.set()
        assert [await peer.text() for _ in range(3)] == ["wait", "now 1", "now 2"]
        await until(lambda: stage.at_rest)
        peer.write("now 3")
        assert await peer.text() == "now 3"
        assert echo.happened == ["now 3"]


async def test_an_error_at_once_ends_its_own_socket_only() -> None:
    async with staged("detached") as stage:
        stage.session = Quick
        peer, _ = await stage.pair()
        other, _ = await stage.pair()
        with capture_logs() as logs:
            peer.write("now boom")
            await peer.text()  # bye
            assert await peer.code() == FAILED
        assert [line["event"] for line in logs] == ["a session failed"]
        other.write("now 1")
        assert await other.text() == "now 1"
