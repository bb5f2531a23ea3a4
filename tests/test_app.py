"""The composition root: what is put together, and that it is let go of in order."""

from pathlib import Path

import pytest

from turnout.app import Turnout, assembled, config, read_token
from turnout.ports import StoreInUse, StoreUnavailable
from turnout.settings import Settings


def test_the_token_is_drawn_once_and_for_its_owner_only(tmp_path: Path) -> None:
    token = read_token(tmp_path)
    assert len(token) >= 43
    assert read_token(tmp_path) == token
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "\n", "  \n"])
def test_a_token_that_a_crash_cut_short_is_drawn_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "token").write_text(content)
    token = read_token(tmp_path)
    assert len(token) >= 43
    assert read_token(tmp_path) == token


async def test_the_data_folder_is_made_with_what_is_above_it(tmp_path: Path) -> None:
    data = tmp_path / "a" / "b"
    async with assembled(Settings(data)) as turnout:
        assert isinstance(turnout, Turnout)
        assert turnout.token == read_token(data)
    assert (data / "turnout.db").exists()


async def test_one_server_at_a_time_uses_a_data_folder(tmp_path: Path) -> None:
    async with assembled(Settings(tmp_path)):
        with pytest.raises(StoreInUse):
            async with assembled(Settings(tmp_path)):
                pass
    async with assembled(Settings(tmp_path)) as again:
        assert await again.store.list() == ()


async def test_a_data_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for data in (file, file / "below"):
        with pytest.raises(StoreUnavailable, match="The data folder can't be made"):
            async with assembled(Settings(data)):
                pass


async def test_whatever_goes_wrong_inside_everything_is_let_go_of(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with assembled(Settings(tmp_path)):
            raise ZeroDivisionError
    async with assembled(Settings(tmp_path)) as again:  # its lock and its files are free
        assert await again.store.list() == ()


async def test_the_server_logs_no_addresses_and_compresses_nothing(tmp_path: Path) -> None:
    async with assembled(Settings(tmp_path)) as turnout:
        chosen = config(turnout.app)
    assert chosen.access_log is False
    assert chosen.log_level == "warning"
    assert chosen.ws_per_message_deflate is False
    assert chosen.ws_max_size == 64 * 1024
    assert chosen.server_header is False


async def test_nobody_is_believed_about_where_a_request_came_from_unless_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own variable is no setting of ours
    async with assembled(Settings(tmp_path)) as turnout:
        assert config(turnout.app).proxy_headers is False
        chosen = config(turnout.app, proxies=("127.0.0.1", "10.0.0.0/8"))
    assert chosen.proxy_headers is True
    assert chosen.forwarded_allow_ips == ["127.0.0.1", "10.0.0.0/8"]


async def test_two_servers_in_a_process_count_apart(tmp_path: Path) -> None:
    async with (
        assembled(Settings(tmp_path / "a")) as one,
        assembled(Settings(tmp_path / "b")) as two,
    ):
        one.metrics.join("joined")
        value = "turnout_joins_total", {"outcome": "joined"}
        assert one.metrics.registry.get_sample_value(*value) == 1
        assert two.metrics.registry.get_sample_value(*value) is None
