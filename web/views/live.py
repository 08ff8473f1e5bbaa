"""The stream that tells open pages to look again."""

from flask import Blueprint, Response, request

from web import failures
from web.context import place

# Refused readers poll meanwhile and ask again after this, in seconds.
RETRY_AFTER = "15"

pages = Blueprint("live", __name__)


@pages.get("/live")
def stream() -> Response:
    """The stream, or 503 when there is no room for one more reader."""
    body = place().live.stream(request.environ.get("waitress.client_disconnected", lambda: False))
    if body is None:
        refused = failures.page(failures.FAILURES[503], 503)
        refused.headers["Retry-After"] = RETRY_AFTER
        return refused
    return Response(body, mimetype="text/event-stream")
