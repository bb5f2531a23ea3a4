"""The pages and their headers."""

import pytest

from tests.web.edge import Edge
from turnout.web.pages import HEADERS, STATIC

PAGES = ["/", "/healthz", "/console", "/console/first-run", "/console/x/y?z", "/c/anything"]


def assets() -> list[str]:
    return [
        f"/static/{path.relative_to(STATIC).as_posix()}"
        for path in sorted(STATIC.rglob("*"))
        if path.is_file() and path.suffix in (".js", ".css")
    ]


async def test_the_page_is_the_same_for_every_link_whatever_stands_in_it(edge: Edge) -> None:
    talk = await edge.talk()
    paths = [
        f"/c/{talk.slug}",
        f"/c/{talk.slug}?pid={talk.pids[0]}",
        f"/c/{talk.slug}?pid=nonsense",
        f"/c/{talk.slug}?pid={{pid}}&pid=2",
        "/c/nothing-here?pid=<script>",
        "/c/%F0%9F%92%A9",
    ]
    answers = [await edge.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    without_date = [
        {name: value for name, value in answer.headers.items() if name != "date"}
        for answer in answers
    ]
    assert all(headers == without_date[0] for headers in without_date)
    assert answers[0].headers["content-type"] == "text/html; charset=utf-8"
    assert "set-cookie" not in answers[0].headers


async def test_pages_hold_nothing_inline(edge: Edge) -> None:
    for path in ("/c/x", "/console"):
        text = (await edge.get(path)).text
        assert "<style" not in text
        assert " style=" not in text
        assert all(tag.startswith((" ", "\n")) for tag in text.split("<script")[1:])
        assert text.count("<script") == text.count("</script>") == text.count("src=")


async def test_every_answer_carries_the_security_headers(edge: Edge) -> None:
    talk = await edge.talk(do=())
    api = f"/api/c/{talk.slug}"
    staff = f"/api/console/conversations/{talk.slug}"
    paths = [*PAGES, *assets(), api, f"{api}/join", "/nowhere", "/static/nowhere.js", "/static/"]
    paths += ["/api/console/me", staff, f"{staff}/files/links.csv", "/c/", "/ws/c/x"]
    for path in paths:
        for method in ("GET", "POST", "HEAD"):
            response = await edge.request(method, path)
            for name, value in HEADERS.items():
                assert response.headers.get(name) == value, (method, path, name)
            assert "server" not in response.headers


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    policy = HEADERS["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives.pop("img-src") == "'self' data:"
    assert directives.pop("default-src") == "'none'"
    assert set(directives.values()) == {"'self'", "'none'"}
    assert HEADERS["Referrer-Policy"] == "no-referrer"


async def test_the_front_door_leads_to_the_console(edge: Edge) -> None:
    response = await edge.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/console")


async def test_the_process_says_that_it_lives(edge: Edge) -> None:
    response = await edge.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.parametrize(
    "path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%5cpages.py"]
)
async def test_no_path_leads_out_of_the_static_files(edge: Edge, path: str) -> None:
    assert (await edge.get(path)).status_code == 404


async def test_a_page_is_asked_for_again_each_time(edge: Edge) -> None:
    for path in ("/c/x", "/console"):
        assert (await edge.get(path)).headers["cache-control"] == "no-cache"
