import re
from datetime import UTC, date, datetime, timedelta

import pytest

from appliance.core.household import EntryKind, ListName
from tests.web.house import Browser, House


def add(browser: Browser, name: str = "block", **form: str) -> str:
    """Add an entry through its form; the page that follows."""
    answer = browser.post(f"/{name}/add", {"kind": "exact", **form}, token_from=f"/{name}/add")
    return browser.text(answer.headers["Location"]) if answer.status_code == 303 else answer.text


def only_entry(house: House, name: ListName = ListName.BLOCK):  # type: ignore[no-untyped-def]  # an Entry
    rows = house.store.lists.page(name).rows
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("exact", "(212) 555-0199", "+12125550199"),
        ("prefix", "+44 900", "+44900"),
        ("pattern", "+1212555????", "+1212555????"),
        ("name", "*insurance*", None),
        ("dialled", "(212) 555-0142", "+12125550142"),
        ("ring", "ring b", "B"),
    ],
)
def test_each_kind_is_kept_in_its_normal_form(
    kind: str, typed: str, kept: str | None, house: House, browser: Browser
) -> None:
    page = add(browser, kind=kind, value=typed, label="Somebody", note="again and again")

    entry = only_entry(house)
    assert entry.kind is EntryKind(kind)
    assert kept is None or entry.value == kept
    assert (entry.label, entry.note, entry.source) == ("Somebody", "again and again", "page")
    assert "is on the block list" in page
    assert "again and again" in page


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "exact", "value": ""},
        {"kind": "exact", "value": "no digits"},
        {"kind": "exact", "value": "212555*"},
        {"kind": "prefix", "value": "abc"},
        {"kind": "pattern", "value": ""},
        {"kind": "name", "value": "***"},
        {"kind": "dialled", "value": "nobody"},
        {"kind": "ring", "value": "long short long"},
        {"kind": "grey", "value": "2125550199"},
        {"kind": "exact", "value": "2125550199", "until": "tomorrow"},
        {"kind": "exact", "value": "2125550199", "until": "2001-01-01"},
        {"kind": "exact", "value": "2125550199", "until": "9999-12-31"},
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_the_form_keeps_it(
    form: dict[str, str], house: House, browser: Browser
) -> None:
    answer = browser.post("/block/add", form, token_from="/block/add")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert house.store.lists.count(ListName.BLOCK) == 0


def test_an_entry_ends_with_the_chosen_day(house: House, browser: Browser) -> None:
    day = date.today() + timedelta(days=3)  # noqa: DTZ011  # the household's own calendar

    page = add(browser, "permit", value="2125550199", until=day.isoformat())

    entry = only_entry(house, ListName.PERMIT)
    assert entry.expires_at.astimezone().date() == day + timedelta(days=1)
    assert "(3 more days)" in page


def test_an_expired_entry_says_that_it_no_longer_counts(house: House, browser: Browser) -> None:
    ago = datetime.now(UTC) - timedelta(days=1)
    house.store.lists.add(ListName.BLOCK, EntryKind.EXACT, "+12125550199", source="page", now=house.now, expires_at=ago)

    assert "it no longer counts" in browser.text("/block")


def test_editing_changes_what_was_typed_and_keeps_the_rest(house: House, browser: Browser) -> None:
    number = house.block("+12125550142", "Sunny Cruises")
    form = browser.text(f"/block/{number}/edit")
    assert 'value="(212) 555-0142"' in form

    browser.post(
        f"/block/{number}/edit", {"value": "(212) 555-0142", "label": "Gloomy Cruises"}, token_from="/block/add"
    )

    entry = only_entry(house)
    assert (entry.id, entry.value, entry.label, entry.source) == (number, "+12125550142", "Gloomy Cruises", "page")


def test_editing_leaves_an_untouched_expiry_to_the_second(house: House, browser: Browser) -> None:
    noon = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    change = house.store.lists.add(
        ListName.BLOCK, EntryKind.EXACT, "+12125550142", source="page", now=house.now, expires_at=noon
    )
    assert change.entry
    page = browser.text(f"/block/{change.entry.id}/edit")
    until = re.search(r'name="until" type="date" value="([\d-]+)"', page)
    assert until

    browser.post(f"/block/{change.entry.id}/edit", {"value": "2125550142", "until": until[1]}, token_from="/block/add")

    assert only_entry(house).expires_at == noon


def test_an_entry_cannot_become_a_copy_of_another(house: House, browser: Browser) -> None:
    house.block("+12125550142")
    number = house.block("+12125550199")

    answer = browser.post(f"/block/{number}/edit", {"value": "2125550142"}, token_from="/block/add")

    assert answer.status_code == 422
    assert "already" in answer.text


def test_an_entry_is_not_found_under_the_other_list(house: House, browser: Browser) -> None:
    number = house.block("+12125550142")

    assert browser.get(f"/permit/{number}/edit").status_code == 404
    assert browser.post(f"/permit/{number}/remove").status_code == 404
    assert house.blocked("+12125550142")


def test_a_removed_entry_comes_back_with_undo(house: House, browser: Browser) -> None:
    number = house.block("+12125550142", "Sunny Cruises")

    browser.post(f"/block/{number}/remove", {"back": "/block"})
    assert not house.blocked("+12125550142")
    page = browser.text("/block")
    assert "off the block list" in page
    undo = re.search(r'formaction="(/changes/\d+/undo)"', page)
    assert undo
    browser.post(undo[1])

    assert only_entry(house).label == "Sunny Cruises"


def test_blocking_a_permitted_number_warns_that_permit_counts_more(house: House, browser: Browser) -> None:
    add(browser, "permit", value="2125550117")

    assert "keeps ringing until you remove it there" in add(browser, "block", value="2125550117")


def test_search_and_more_reach_every_entry_once(house: House, browser: Browser) -> None:
    for number in range(70):
        house.block(f"+1212555{number:04d}", f"Shop {number}")
    seen: list[str] = []
    path: str | None = "/block"
    while path:
        page = browser.text(path)
        seen += re.findall(r'id="entry-(\d+)"', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else None

    assert len(seen) == len(set(seen)) == 70
    assert len(re.findall(r'id="entry-\d+"', browser.text("/block?q=Shop 42"))) == 1
    assert "Nothing on this list matches" in browser.text("/block?q=zebra")


def test_the_lists_do_not_mix(house: House, browser: Browser) -> None:
    house.block("+12125550142", "Sunny Cruises")

    assert "Sunny Cruises" not in browser.text("/permit")
    assert "1 entry" in browser.text("/block")


@pytest.mark.parametrize("name", ["permit", "block", "contact"])
def test_an_entry_may_count_at_some_hours_only(name: str, house: House, browser: Browser) -> None:
    page = add(browser, name, value="2125550199", hours="Mon-Fri 8-17, Sat 9-12")

    entry = only_entry(house, ListName(name))
    assert entry.hours == "mon-fri 08:00-17:00; sat 09:00-12:00"
    assert "Only Monday to Friday, 8:00 am to 5:00 pm; Saturday, 9:00 am to 12:00 pm" in page
    assert 'value="mon-fri 08:00-17:00; sat 09:00-12:00"' in browser.text(f"/{name}/{entry.id}/edit")

    browser.post(f"/{name}/{entry.id}/edit", {"value": "2125550199", "hours": ""}, token_from="/block/add")
    assert only_entry(house, ListName(name)).hours == ""
    undo = re.search(r'formaction="(/changes/\d+/undo)"', browser.text(f"/{name}"))
    assert undo
    browser.post(undo[1])
    assert only_entry(house, ListName(name)).hours == "mon-fri 08:00-17:00; sat 09:00-12:00"


def test_hours_that_cannot_be_read_are_refused_with_a_sentence(house: House, browser: Browser) -> None:
    page = add(browser, "contact", value="2125550199", hours="in the mornings")

    assert 'role="alert"' in page
    assert 'value="in the mornings"' in page
    assert house.store.lists.count(ListName.CONTACT) == 0


def test_whoever_rings_at_night_too_is_marked_and_unmarked(house: House, browser: Browser) -> None:
    assert "Rings at night too" in add(browser, "contact", value="2125550199", label="Anna", vip="1")
    entry = only_entry(house, ListName.CONTACT)
    assert entry.vip

    browser.post(f"/contact/{entry.id}/edit", {"value": "2125550199"}, token_from="/block/add")

    assert not only_entry(house, ListName.CONTACT).vip
    assert 'name="vip"' not in browser.text("/block/add"), "whoever is blocked rings never"


def test_what_quietline_added_by_itself_says_so_and_stays_with_one_press(house: House, browser: Browser) -> None:
    change = house.store.lists.add(
        ListName.PERMIT, EntryKind.EXACT, "+12125550199", source="auto:repeat_caller", now=house.now,
        expires_at=house.now + timedelta(days=5),
    )  # fmt: skip  # one entry
    assert change.entry
    page = browser.text("/permit")
    assert "added by Quietline by itself (Somebody who calls again soon)" in page
    assert f"/permit/{change.entry.id}/keep" in page

    browser.post(f"/permit/{change.entry.id}/keep", {"back": "/permit"})

    kept = only_entry(house, ListName.PERMIT)
    assert (kept.expires_at, kept.source) == (None, "page")
    page = browser.text("/permit")
    assert "stays on the permit list for good" in page
    undo = re.search(r'formaction="(/changes/\d+/undo)"', page)
    assert undo
    browser.post(undo[1])
    assert only_entry(house, ListName.PERMIT).source == "auto:repeat_caller"


def test_contacts_are_a_list_of_their_own_and_beat_a_block(house: House, browser: Browser) -> None:
    page = add(browser, "contact", value="2125550117", label="Grandma")
    assert "is in your contacts." in page
    assert "Grandma" not in browser.text("/permit")

    assert "is in your contacts, which counts more" in add(browser, "block", value="2125550117")
    browser.post(f"/contact/{only_entry(house, ListName.CONTACT).id}/remove", {"back": "/contact"})
    assert "out of your contacts" in browser.text("/contact")
