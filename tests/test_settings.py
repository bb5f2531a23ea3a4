"""What an operator can choose: read once, refused in words before anything starts."""

from pathlib import Path

import pytest

from turnout.settings import DOORS, NAMES, Settings, WrongSettings, public_address, read_settings


def test_without_a_word_everything_has_a_default() -> None:
    assert read_settings({}) == Settings(Path("turnout-data"), "127.0.0.1", 8000, None)


def test_everything_can_be_chosen() -> None:
    chosen = {
        "TURNOUT_DATA": "/srv/turnout",
        "TURNOUT_HOST": "0.0.0.0",
        "TURNOUT_PORT": "0",
        "TURNOUT_PUBLIC": " https://talk.example.org/ ",
        "TURNOUT_METRICS_PORT": "0",
        "TURNOUT_METRICS_HOST": "192.0.2.1",
        "TURNOUT_PROXIES": " 127.0.0.1, 2001:db8::/32 ,",
        "TURNOUT_LOG": "info",
        "TURNOUT_DATABASE": " postgresql://turnout:secret@db/turnout ",
        "TURNOUT_TOKEN": "the robots'",
        "PATH": "/bin",
    }
    assert set(chosen) - {"PATH"} == NAMES | {"TURNOUT_TOKEN"}
    expected = Settings(
        Path("/srv/turnout"),
        "0.0.0.0",
        0,
        "https://talk.example.org",
        metrics_host="192.0.2.1",
        metrics_port=0,
        proxies=("127.0.0.1", "2001:db8::/32"),
        log="info",
        database="postgresql://turnout:secret@db/turnout",
    )
    assert read_settings(chosen) == expected


def test_an_empty_variable_is_one_that_was_not_set() -> None:
    assert read_settings(dict.fromkeys(NAMES, "")) == read_settings({})


def test_a_misspelt_setting_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(WrongSettings) as raised:
        read_settings({"TURNOUT_PUBLICK": "x", "TURNOUT_DATA": "y"})
    assert str(raised.value) == (
        "There is no setting TURNOUT_PUBLICK. The settings are "
        "TURNOUT_DATA, TURNOUT_DATABASE, TURNOUT_HOST, TURNOUT_LOG, TURNOUT_METRICS_HOST, "
        "TURNOUT_METRICS_PORT, TURNOUT_PORT, TURNOUT_PROXIES, TURNOUT_PUBLIC."
    )


@pytest.mark.parametrize("address", ["sqlite:///turnout.db", "db.example.com", "http://u:pw@db/x"])
def test_the_address_of_a_database_is_one_of_postgresql_and_is_not_repeated(address: str) -> None:
    with pytest.raises(WrongSettings, match="like postgresql://") as raised:
        read_settings({"TURNOUT_DATABASE": address})
    assert address not in str(raised.value)


def test_settings_that_are_shown_hold_no_password() -> None:
    settings = read_settings({"TURNOUT_DATABASE": "postgres://turnout:secret@db/turnout"})
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("port", ["x", "-1", "65536", "8000.0", " 80", "\u0661", "9" * 5_000])
def test_a_port_is_a_number_that_ports_have(port: str) -> None:
    for name in ("TURNOUT_PORT", "TURNOUT_METRICS_PORT"):
        with pytest.raises(WrongSettings, match=f"{name} is a number from 0 to 65535"):
            read_settings({name: port})


@pytest.mark.parametrize("proxies", ["*", "proxy.example.org", "10.0.0.1/8", "10.0.0.1 10.0.0.2"])
def test_proxies_are_addresses_or_networks(proxies: str) -> None:
    with pytest.raises(WrongSettings, match=r"addresses or networks like 127\.0\.0\.1"):
        read_settings({"TURNOUT_PROXIES": f"127.0.0.1, {proxies}"})


@pytest.mark.parametrize("level", ["INFO", "loud", "10"])
def test_a_log_level_has_a_name(level: str) -> None:
    with pytest.raises(WrongSettings, match="TURNOUT_LOG is one of debug, info, warning, error"):
        read_settings({"TURNOUT_LOG": level})


@pytest.mark.parametrize(
    "text",
    [
        "talk.example.org",
        "ftp://talk.example.org",
        "https://",
        "https:///c",
        "https://talk.example.org?x=1",
        "https://talk.example.org/?",
        "https://talk.example.org#x",
        "https://me:secret@talk.example.org",
        "https://:secret@talk.example.org",
        "https://talk.example.org:port",
        "https://talk.example.org:99999",
        "https://[::1",
        "https://talk example.org",
        "javascript:alert(1)",
    ],
)
def test_a_public_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(WrongSettings, match=r"like https://talk\.example\.org"):
        read_settings({"TURNOUT_PUBLIC": text})


@pytest.mark.parametrize(
    "path",
    [
        "/a//b",
        "/..",
        "/a/../b",
        "/./a",
        "/a%20b",
        "/\u00fcber",
        "/a;b",
        '/"><script>',
        "/a'b",
        "/a&b",
    ],
)
def test_a_path_of_the_public_address_is_made_of_plain_names(path: str) -> None:
    with pytest.raises(WrongSettings, match=r"like https://example\.org/turnout, not"):
        public_address(f"https://example.org{path}")


@pytest.mark.parametrize("path", [*sorted(f"/{name}" for name in DOORS), "/town/c", "/c/town"])
def test_a_path_of_the_public_address_is_no_door_of_ours(path: str) -> None:
    with pytest.raises(WrongSettings, match="can't hold /"):
        public_address(f"https://example.org{path}")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", None),
        ("  ", None),
        ("https://talk.example.org", "https://talk.example.org"),
        ("https://talk.example.org//", "https://talk.example.org"),
        ("http://192.0.2.1:8080/town/", "http://192.0.2.1:8080/town"),
        ("https://x.example/Our_Town/v1.0~/", "https://x.example/Our_Town/v1.0~"),
        ("https://x.example/consoles", "https://x.example/consoles"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_public_address_has_no_slash_at_its_end(text: str, address: str | None) -> None:
    assert public_address(text) == address


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(Path(), public="https://x.example"), "https://x.example"),
        (Settings(Path()), "http://localhost:8000"),
        (Settings(Path(), host="0.0.0.0", port=80), "http://localhost:80"),
        (Settings(Path(), host="::"), "http://localhost:8000"),
        (Settings(Path(), host="192.0.2.7"), "http://192.0.2.7:8000"),
        (Settings(Path(), host="::1"), "http://[::1]:8000"),
        (Settings(Path(), host="2001:db8::1"), "http://[2001:db8::1]:8000"),
    ],
)
def test_links_begin_with_the_public_address_or_else_where_the_server_listens(
    settings: Settings, address: str
) -> None:
    assert settings.address == address
