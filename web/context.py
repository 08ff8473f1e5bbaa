"""What a view may reach during one request: the configuration, the store, the household, the time, the way back.

One store connection per request, opened when first asked for and closed at its end. No page and no SQL may enter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

from flask import Flask, Response, current_app, flash, g, get_flashed_messages, make_response, redirect, request

from appliance.config import Config
from appliance.core.history import NOTHING_BEFORE, Past
from appliance.core.household import Household
from appliance.store import Store, ring
from appliance.store.reported import ReportedFile
from appliance.store.time_zone import zone_of
from web.live import Live
from web.undo import Undo

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
    undo: Undo
    demo: bool


def attach(app: Flask, config: Config, live: Live, *, demo: bool) -> None:
    """Make the place known to the application, and close what each request opened at its end."""
    app.extensions[NAME] = Place(config, live, Undo(), demo)
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
    for name in ("store", "reports"):
        opened = g.pop(name, None)
        if opened is not None:
            opened.close()


def now() -> datetime:
    """What time it is, in UTC, once per request."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    at: datetime = g.now
    return at


def country() -> str:
    """The household's country: its own setting, else the installer's."""
    return _home()[0]


def area_code() -> str:
    """The household's area code: its own setting, else the installer's."""
    return _home()[1]


def wall() -> datetime:
    """The same moment as `now`, in the household's zone: what the clock on its wall shows. For words."""
    return now().astimezone(_home()[2])


def _home() -> tuple[str, str, tzinfo]:
    """Country, area code and zone, once per request: a list asks for each of its rows."""
    if "home" not in g:
        found, config = all_settings(), place().config
        g.home = (
            found["country"] or config.country,
            found["area_code"] or config.area_code,
            zone_of(found["time_zone"]),
        )
    home: tuple[str, str, tzinfo] = g.home
    return home


def all_settings() -> dict[str, str]:
    """Every setting, read once per request and again after a change."""
    if "values" not in g:
        g.values = store().settings.all()
    found: dict[str, str] = g.values
    return found


def household() -> Household:
    """The household of this moment, read once per request and again after a change."""
    if "household" not in g:
        g.household = household_if({})
    found: Household = g.household
    return found


def household_if(changed: Mapping[str, str], *, past: Past = NOTHING_BEFORE) -> Household:
    """The household as it would be with other settings, which must fit, or with calls before."""
    config = place().config
    return store().settings.household(
        config.country,
        config.area_code,
        reports=_reports(),
        past=past,
        changed=changed,
    )


def _reports() -> ReportedFile:
    if "reports" not in g:
        g.reports = ReportedFile(place().config.data)
    reports: ReportedFile = g.reports
    return reports


def tell_line() -> None:
    """Something new is in the store: ring every process, and read it again here."""
    for read in ("home", "values", "household"):
        g.pop(read, None)
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


def looking_again() -> bool:
    """Whether an open page fetches itself to see what changed (static/quietline.js): nobody reads the whole answer."""
    return "X-Live" in request.headers


def messages() -> list[dict[str, str | None]]:
    """What `say` left for this page; it is then told. A look of an open page takes nothing from the page to come."""
    return [] if looking_again() else get_flashed_messages()  # type: ignore[return-value]  # as `say` put them in


def say(text: str, kind: str = "good", undo: str | None = None) -> None:
    """Tell it once, on the next page: `kind` is good, tell, care or trouble, `undo` where a POST takes it back."""
    flash({"text": text, "kind": kind, "undo": undo})  # type: ignore[arg-type]  # any JSON value travels in the session
