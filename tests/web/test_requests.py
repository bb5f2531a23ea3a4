"""Which pages may talk to the server."""

import pytest
from starlette.requests import HTTPConnection

from turnout.web.requests import Origins, cookie_of


def origin_of(
    public: str | None, said: str | None, *, host: str = "localhost:8000", scheme: str = "http"
) -> str | None:
    headers = [(b"host", host.encode())]
    if said is not None:
        headers.append((b"origin", said.encode()))
    scope = {
        "type": "websocket" if scheme in ("ws", "wss") else "http",
        "scheme": scheme,
        "server": ("127.0.0.1", 8000),
        "path": "/",
        "query_string": b"",
        "headers": headers,
    }
    return Origins(public).of(HTTPConnection(scope))


@pytest.mark.parametrize(
    ("scheme", "host", "said"),
    [
        ("http", "localhost:8000", "http://localhost:8000"),
        ("ws", "localhost:8000", "http://localhost:8000"),
        ("https", "talk.example.org", "https://talk.example.org"),
        ("wss", "talk.example.org", "https://talk.example.org"),
        ("http", "[::1]:8000", "http://[::1]:8000"),
        ("http", "LocalHost:8000", "http://localhost:8000"),
    ],
)
def test_without_a_public_address_the_requests_own_scheme_and_host_are_meant(
    scheme: str, host: str, said: str
) -> None:
    assert origin_of(None, said, host=host, scheme=scheme) == said


@pytest.mark.parametrize(
    "said",
    ["https://localhost:8000", "http://localhost", "http://localhost:8001", "null", "", None],
)
def test_without_a_public_address_nothing_else_is_let_in(said: str | None) -> None:
    assert origin_of(None, said) is None


@pytest.mark.parametrize(
    "public",
    [
        "https://talk.example.org",
        "https://talk.example.org/town/hall",
        "https://Talk.Example.ORG",
        "https://talk.example.org:443",
        "HTTPS://talk.example.org",
    ],
)
def test_a_public_address_is_an_origin_as_browsers_write_it(public: str) -> None:
    assert origin_of(public, "https://talk.example.org") == "https://talk.example.org"
    for said in ("http://localhost:8000", "http://talk.example.org", "https://example.org"):
        assert origin_of(public, said) is None


def test_a_port_of_its_own_stays() -> None:
    assert origin_of("http://example.org:8443", "http://example.org:8443") is not None
    assert origin_of("http://example.org:443", "http://example.org:443") is not None
    assert origin_of("http://example.org:80", "http://example.org") is not None


def test_cookies_are_for_https_where_the_public_address_is() -> None:
    assert Origins("https://talk.example.org").secure
    assert not Origins("http://talk.example.org").secure
    assert not Origins(None).secure


@pytest.mark.parametrize(
    ("public", "path"),
    [
        (None, "/"),
        ("https://talk.example.org", "/"),
        ("https://Example.org/Our/town", "/Our/town"),
    ],
)
def test_cookies_are_for_the_path_of_the_public_address(public: str | None, path: str) -> None:
    assert Origins(public).cookie_path == path


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ([], ""),
        (["seat=1"], "1"),
        (["other=2; seat=1; seat=3"], "1"),
        (["xseat=2;seat=1=1"], "1=1"),
        (["other=2", "seat=1"], "1"),
        (["seat"], ""),
    ],
)
def test_of_cookies_with_one_name_the_first_is_ours(sent: list[str], value: str) -> None:
    headers = [(b"cookie", said.encode()) for said in sent]
    connection = HTTPConnection({"type": "http", "headers": headers})
    assert cookie_of(connection, "seat") == value
