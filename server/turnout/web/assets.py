"""Scripts and styles of the pages: compressed once, when the client is built, and kept by browsers
for as long as they like, since a changed file has another name. It must never compress while it
serves: at the bell everybody loads the page in the same second."""

from __future__ import annotations

import os

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOR_EVER = "public, max-age=31536000, immutable"
"""For names that carry a hash of their content: all that the client's build writes to `assets/`."""


class Assets(StaticFiles):
    """The files of a folder. Where `NAME.gz` lies beside `NAME`, it goes to those who take gzip."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """`path` is below the folder. Raises Starlette's HTTPException (404, 405) as ever."""
        response = await super().get_response(path, scope)
        if response.status_code not in (200, 304):
            return response
        compressed, _ = self.lookup_path(f"{path}.gz")
        if compressed:
            if _takes_gzip(scope):
                content_type = response.headers.get("content-type")
                response = await super().get_response(f"{path}.gz", scope)
                response.headers["Content-Encoding"] = "gzip"
                if content_type is not None:
                    response.headers["Content-Type"] = content_type
            response.headers["Vary"] = "Accept-Encoding"
        if path.startswith(f"assets{os.sep}"):
            response.headers["Cache-Control"] = FOR_EVER
        return response


def _takes_gzip(scope: Scope) -> bool:
    """RFC 9110, 12.5.3: named, and not with the weight 0."""
    for choice in Headers(scope=scope).get("accept-encoding", "").split(","):
        name, _, weight = choice.partition(";")
        if name.strip().lower() in ("gzip", "x-gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
