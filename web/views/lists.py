"""The permit list, the block list and the contacts: the same page three times, under the name of the list."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.core.caller import display
from appliance.core.entry_keys import entry_key
from appliance.core.hours import hours_key
from appliance.core.household import Entry, EntryKind, ListName
from appliance.errors import InvalidValue, NotFound
from appliance.store import Change
from web import weekly, when, words
from web.context import BY, area_code, country, cursor, go_back, now, say, search_text, seeother, store, tell_line, wall

pages = Blueprint("lists", __name__, url_prefix="/<any(permit, block, contact):name>")

ROWS = 50
WHOLE_NUMBERS = frozenset({EntryKind.EXACT, EntryKind.DIALLED})
NUMBERS = WHOLE_NUMBERS | {EntryKind.PREFIX}
FORMS = {EntryKind.PREFIX: "{}…", EntryKind.RING: "Ring {}"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the page shows it."""

    id: int
    shown: str
    is_name: bool
    label: str
    note: str
    kind: str
    until: str
    ended: bool
    hours: str
    vip: bool
    automatic: bool
    source: str
    created: str


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form of an entry."""

    kind: str = EntryKind.EXACT.value
    value: str = ""
    label: str = ""
    note: str = ""
    until: str = ""
    hours: str = ""
    vip: bool = False


@pages.get("")
def show(name: str) -> str:
    """One list, newest first, or what matches a search."""
    list_name, search, before = ListName(name), search_text(), cursor()
    page = store().lists.page(list_name, search=search, before=before, limit=ROWS)
    count = store().lists.count(list_name)
    return render_template(
        "list.html",
        name=name,
        words=words.LISTS[name],
        entries=[_shown(entry) for entry in page.rows],
        count=count,
        count_text=f"{count:,} {'entry' if count == 1 else 'entries'}",
        next=page.next_cursor,
        search=search,
        older_than=before,
    )


@pages.route("/add", methods=["GET", "POST"])
def add(name: str) -> AnyResponse | str:
    """Put something on the list."""
    if request.method == "GET":
        return _form_page(name, Form(value=request.args.get("number", "")[:80]))
    form = _form()
    try:
        kind = EntryKind(form.kind)
        change = store().lists.add(
            ListName(name),
            kind,
            _key(kind, form.value),
            label=form.label,
            note=form.note,
            source=BY,
            expires_at=_end(form.until),
            hours=hours_key(form.hours),
            vip=form.vip,
            now=now(),
        )
    except ValueError as error:  # InvalidValue is one: each says what to do
        return _form_page(name, form, wrong=str(error))
    tell_line()
    told = "was there already" if change.what == "unchanged" else "is"
    say(f"{words.isolated(form.label or form.value)} {told} {words.LISTS[name].where}.", undo=_undo(change))
    _warn_of_rival(ListName(name), kind, change.entry)
    return seeother(url_for("lists.show", name=name))


@pages.route("/<int:entry_id>/edit", methods=["GET", "POST"])
def edit(name: str, entry_id: int) -> AnyResponse | str:
    """Change an entry."""
    entry = _entry(name, entry_id)
    if request.method == "GET":
        until = "" if entry.expires_at is None else when.last_day(entry.expires_at, wall().tzinfo).isoformat()
        value = display(entry.value, country()) if entry.kind in WHOLE_NUMBERS else entry.value
        form = Form(entry.kind.value, value, entry.label, entry.note, until, entry.hours, entry.vip)
        return _form_page(name, form, entry)
    form = _form()
    try:
        change = store().lists.update(
            entry_id,
            value=_key(entry.kind, form.value),
            label=form.label,
            note=form.note,
            expires_at=_end(form.until, entry.expires_at),
            hours=hours_key(form.hours),
            vip=form.vip,
            now=now(),
            by=BY,
        )
    except ValueError as error:
        return _form_page(name, form, entry, wrong=str(error))
    tell_line()
    say(f"{words.isolated(form.label or form.value)} is changed.", undo=_undo(change))
    return seeother(url_for("lists.show", name=name))


@pages.post("/<int:entry_id>/remove")
def remove(name: str, entry_id: int) -> AnyResponse:
    """Take an entry off the list."""
    entry = _entry(name, entry_id)
    change = store().lists.remove(entry_id, now(), BY)
    tell_line()
    shown = words.isolated(entry.label or display(entry.value, country()))
    say(f"{shown} is {words.LISTS[name].off}.", undo=_undo(change))
    return go_back()


@pages.post("/<int:entry_id>/keep")
def keep(name: str, entry_id: int) -> AnyResponse:
    """Make an entry lasting that Quietline made by itself."""
    entry = _entry(name, entry_id)
    change = store().lists.keep(entry_id, BY, now())
    tell_line()
    shown = words.isolated(entry.label or display(entry.value, country()))
    say(f"{shown} stays {words.LISTS[name].where} for good.", undo=_undo(change))
    return go_back()


def _undo(change: Change) -> str | None:
    return url_for("calls.undo", change_id=change.id) if change.id else None


def _entry(name: str, entry_id: int) -> Entry:
    entry = store().lists.get(entry_id)
    if entry.list is not ListName(name):
        raise NotFound(f"There is no such entry {words.LISTS[name].where} (any more).")
    return entry


def _warn_of_rival(list_name: ListName, kind: EntryKind, entry: Entry | None) -> None:
    """Permit beats block: say so when a number has just been blocked in vain."""
    if list_name is not ListName.BLOCK or entry is None:
        return
    for stronger in (ListName.PERMIT, ListName.CONTACT):
        rival = store().lists.find(stronger, kind, entry.value)
        if rival is not None and rival.live(now()):
            what = "The same number" if kind is EntryKind.EXACT else "The same"
            where = words.LISTS[stronger.value].where.replace("the", "your")
            say(f"{what} is {where}, which counts more: it keeps ringing until you remove it there.", "care")


def _shown(entry: Entry) -> Shown:
    shown = display(entry.value, country()) if entry.kind in NUMBERS else entry.value
    return Shown(
        id=entry.id,
        shown=words.cut(FORMS.get(entry.kind, "{}").format(shown)),
        is_name=entry.kind is EntryKind.NAME,
        label=words.cut(entry.label),
        note=words.cut(entry.note, 300),
        kind=words.KINDS[entry.kind.value][0],
        until=when.until(entry.expires_at, wall()),
        ended=not entry.live(now()),
        hours=weekly.hours_words(entry.hours, country()),
        vip=entry.vip,
        automatic=entry.source.startswith(words.AUTOMATIC),
        source=words.source(entry.source),
        created=when.moment(entry.created_at, wall(), country()),
    )


def _form() -> Form:
    def field(key: str, longest: int) -> str:
        return request.form.get(key, "").strip()[:longest]

    texts = (field("kind", 10), field("value", 80), field("label", 80), field("note", 500), field("until", 10))
    return Form(*texts, field("hours", 300), "vip" in request.form)


def _form_page(name: str, form: Form, entry: Entry | None = None, wrong: str = "") -> AnyResponse:
    page = render_template(
        "entry.html",
        name=name,
        form=form,
        wrong=wrong,
        kinds=None if entry else words.KINDS.items(),
        kind_words=words.KINDS.get(form.kind) if entry is None else words.KINDS[entry.kind.value],
        examples=words.EXAMPLES,
        heading="Change an entry" if entry else words.LISTS[name].into,
        question=words.LISTS[name].question,
        has_vip=ListName(name) is not ListName.BLOCK,
        save="Save" if entry else words.LISTS[name].add,
    )
    return make_response(page, 422 if wrong else 200)


def _key(kind: EntryKind, text: str) -> str:
    """The normal form of what somebody typed. Raises ValueError with a sentence."""
    return entry_key(kind, text, country(), area_code())


def _end(text: str, until_now: datetime | None = None) -> datetime | None:
    """The end of the day somebody chose, None for ever. Raises InvalidValue."""
    if not text:
        return None
    try:
        chosen = date.fromisoformat(text)
        end = when.end_of(chosen, wall().tzinfo)
    except (ValueError, OverflowError):
        raise InvalidValue("Please write the day as year-month-day, such as 2030-12-31.") from None
    if until_now is not None and chosen == when.last_day(until_now, wall().tzinfo):
        return until_now  # untouched: an entry that ends at noon still ends at noon
    if end <= now():
        raise InvalidValue("That day is over. Please choose today or later, or leave it empty for ever.")
    return end
