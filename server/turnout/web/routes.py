"""Every door of the server, on one screen."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from turnout.web.accounts_api import AccountsApi
from turnout.web.assets import Assets
from turnout.web.console_api import ConsoleApi
from turnout.web.files_api import FilesApi
from turnout.web.health import Health
from turnout.web.links_api import LinksApi
from turnout.web.organise_api import OrganiseApi
from turnout.web.pages import STATIC, Pages
from turnout.web.participant_api import ParticipantApi
from turnout.web.sockets import Sockets
from turnout.web.staff_api import StaffApi


def routes(
    pages: Pages,
    participants: ParticipantApi,
    staff: StaffApi,
    console: ConsoleApi,
    links: LinksApi,
    files: FilesApi,
    organise: OrganiseApi,
    accounts: AccountsApi,
    sockets: Sockets,
    health: Health,
) -> list[BaseRoute]:
    """Doors first for people who take part, then for staff."""
    return [
        Route("/", pages.front_door),
        Route("/healthz", health.healthz),
        Route("/readyz", health.readyz),
        Mount("/static", Assets(directory=STATIC, check_dir=False)),
        # participants
        Route("/c/{slug}", pages.participant),
        Route("/api/c/{slug}", participants.about),
        Route("/api/c/{slug}/check", participants.check, methods=["POST"]),
        Route("/api/c/{slug}/nonce", participants.nonce, methods=["POST"]),
        Route("/api/c/{slug}/join", participants.join, methods=["POST"]),
        Route("/api/c/{slug}/damaged", participants.damaged, methods=["POST"]),
        Route("/api/c/{slug}/takeover", participants.takeover, methods=["POST"]),
        Route("/api/c/{slug}/forget", participants.forget, methods=["POST"]),
        WebSocketRoute("/ws/c/{slug}", sockets.participant),
        # staff
        Route("/console", pages.console),
        Route("/console/{path:path}", pages.console),
        Route("/api/console/first-run", staff.first_run, methods=["POST"]),
        Route("/api/console/sign-in", staff.sign_in, methods=["POST"]),
        Route("/api/console/sign-out", staff.sign_out, methods=["POST"]),
        Route("/api/console/me", staff.me),
        Route("/api/console/guides/check", console.check_guide, methods=["POST"]),
        Route("/api/console/conversations", console.list),
        Route("/api/console/conversations", console.create, methods=["POST"]),
        Route("/api/console/conversations/{slug}", console.show),
        Route("/api/console/conversations/{slug}/command", console.command, methods=["POST"]),
        Route("/api/console/conversations/{slug}/links", links.links),
        Route("/api/console/conversations/{slug}/links", links.taken, methods=["POST"]),
        Route("/api/console/conversations/{slug}/qr", links.codes),
        Route("/api/console/conversations/{slug}/answers", console.answers),
        Route("/api/console/conversations/{slug}/files/{name}", files.download),
        Route("/api/console/conversations/{slug}/explain", files.explain, methods=["POST"]),
        Route("/api/console/conversations/{slug}/settings", organise.settings, methods=["POST"]),
        Route("/api/console/conversations/{slug}/guide", organise.guide),
        Route("/api/console/conversations/{slug}/guide", organise.set_guide, methods=["POST"]),
        Route("/api/console/conversations/{slug}/duplicate", organise.duplicate, methods=["POST"]),
        Route("/api/console/conversations/{slug}/erase", organise.erase, methods=["POST"]),
        Route("/api/console/accounts", accounts.list),
        Route("/api/console/accounts/invite", accounts.invite, methods=["POST"]),
        Route("/api/console/accounts/{id:int}", accounts.change, methods=["POST"]),
        Route("/api/console/invitation", accounts.invitation, methods=["POST"]),
        Route("/api/console/invitation/accept", accounts.accept, methods=["POST"]),
        Route("/api/console/password", accounts.password, methods=["POST"]),
        Route("/api/console/sign-out-everywhere", accounts.sign_out_everywhere, methods=["POST"]),
        WebSocketRoute("/ws/console/{slug}", sockets.console),
    ]
