"""What a view may reach during one request: the configuration, the store, the time, and where to go back to.

One store connection per request, opened when first asked for and closed at its end. No page and no SQL may enter.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Flask, Response, current_app, flash, g, make_response, redirect, request

from appliance.config import Config
from appliance.store import Store, ring
from web.live import Live

BY = "page"  # who did it, in the rows that ask
NAME = "quietline"
# A cursor is a row id; the store's largest has 19 digits, and nobody gets there.
LONGEST_CURSOR = 18
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Place:
    """What the application was made with."""

    config: Config
    live: Live
    demo: bool


def attach(app: Flask, config: Config, live: Live, *, demo: bool) -> None:
    """Make the place known to the application, and close each request's store at its end."""
    app.extensions[NAME] = Place(config, live, demo)
    app.teardown_appcontext(_close)


def place() -> Place:
    """What this application was made with."""
    found: Place = current_app.extensions[NAME]
    return found


def store() -> Store:
    """This request's store. Raises StoreError."""
    if "store" not in g:
        g.store = Store.open(place().config.data)
    opened: Store = g.store
    return opened


def _close(_error: BaseException | None) -> None:
    opened = g.pop("store", None)
    if opened is not None:
        opened.close()


def now() -> datetime:
    """The wall clock, once per request."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    at: datetime = g.now
    return at


def country() -> str:
    """The household's country: its own setting, else the installer's."""
    return store().settings.get("country") or place().config.country


def area_code() -> str:
    """The household's area code: its own setting, else the installer's."""
    return store().settings.get("area_code") or place().config.area_code


def tell_line() -> None:
    """Ring every process: there is something new in the store."""
    ring(place().config.data, "*")


def search_text() -> str:
    """What was asked for in the search box."""
    return request.args.get("q", "").strip()[:LONGEST_SEARCH]


def cursor() -> int | None:
    """Where the page of rows begins; None, the newest, also for nonsense."""
    text = request.args.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_CURSOR else None


def local_path(text: str | None, default: str = "/") -> str:
    """`text` when it is a path of ours to go back to, else `default`; never another host."""
    if not text or not text.startswith("/") or text.startswith("//"):
        return default
    # Browsers read a backslash as a slash and drop line ends and tabs, which would make "/\t/elsewhere" another host.
    return text if text.isascii() and text.isprintable() and "\\" not in text else default


def here() -> str:
    """The address of this request, as `local_path` takes it."""
    query = request.query_string.decode("ascii", "ignore")
    return quote(request.path) + (f"?{query}" if query else "")


def go_back(anchor: str = "") -> Response:
    """See the page the form came from, as a GET."""
    return seeother(local_path(request.form.get("back")) + (f"#{anchor}" if anchor else ""))


def seeother(address: str) -> Response:
    """Answer a write: look there now. 303, so that reloading never writes again."""
    return make_response(redirect(address, 303))


def say(text: str, kind: str = "good", undo: str | None = None) -> None:
    """Tell it once, on the next page: `kind` is good, tell, care or trouble, `undo` where a POST takes it back."""
    flash({"text": text, "kind": kind, "undo": undo})  # type: ignore[arg-type]  # any JSON value travels in the session
