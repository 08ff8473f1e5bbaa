import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from markupsafe import escape

from appliance.core.household import EntryKind, ListName
from appliance.judging import Reported, Withheld
from tests.web.house import CRUISES, GRANDMA, STRANGER, WITHHELD, Browser, House, row

# Names that ended or deceived other call blockers (each seen on a real line or in a report), and worse ones.
HOSTILE_NAMES = (
    "SPRINGFIELD IL",
    "CANDIDATE SMITH",
    "FULL TIME JOBS",
    "NMBR",
    "DATE",
    "A/B PLUMBING",
    "O'BRIEN",
    "Robo? Algona, IA",
    "X" * 40,
    "ÉCOLE DE MUSIQUE",
    "NAME = 2",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</li></ol><h1>free</h1>",
    "{{ config }}",
    "{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "' OR 1=1 --",
    "../../etc/passwd",
    "a\u202eexe.txt",
    "\u2066\u2067\u2068",
    "\x00\x07\x1b[31m",
    "שלום",
    "z\u0335\u0321" * 60,
)


def test_an_empty_log_says_what_will_come(browser: Browser) -> None:
    assert "No calls yet" in browser.text("/")


def test_a_blocked_call_tells_who_what_and_why(house: House, browser: Browser) -> None:
    house.lists()
    uid = house.call(CRUISES, "SUNNY CRUISES").uid

    shown = row(browser.text("/"), uid)

    assert "SUNNY CRUISES" in shown
    assert "(212) 555-0142" in shown
    assert "Dropped after 1 ring" in shown
    assert "Blocked because the number is on your block list (Sunny Cruises)." in shown
    assert "On the block list" in shown
    assert "Block list – this decided" in shown
    assert "Today, " in shown


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"rings": 1}, "Rang once"),
        ({"rings": 4}, "Rang 4 times"),
        ({"ended_at": None, "outcome": None}, "Ringing now"),
        ({"ended_at": None, "outcome": None, "treatment": "drop"}, "Dropping it now"),
        ({"outcome": "dropped", "treatment": "drop", "rings": 2}, "Dropped after 2 rings"),
        ({"outcome": "drop_failed"}, "Could not be dropped; it rang on"),
        ({"outcome": "would_drop", "mode": "rehearsal"}, "Would have been dropped (rehearsal)"),
        ({"outcome": "rang_out", "treatment": "drop", "mode": "off"}, "Would have been dropped (switched off)"),
        ({"outcome": "waiting_call"}, "Somebody called while you were on the telephone"),
        ({"outcome": "line_in_use"}, "Left alone: another telephone in the house was in use"),
        ({"ended_at": None, "outcome": None, "rings": 0}, "A caller is announced"),
        ({"outcome": "interrupted"}, "Quietline was interrupted during this call"),
        ({"outcome": "sent_to_the_moon"}, "Sent to the moon"),
    ],
)
def test_what_became_of_a_call_stands_there_in_words(
    changes: dict[str, Any], text: str, house: House, browser: Browser
) -> None:
    uid = house.call(STRANGER, **changes).uid

    assert text in row(browser.text("/"), uid)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"dialled": "2125550142"}, "Called your number \u2068(212) 555-0142\u2069."),
        ({"dialled": "5550143"}, "Called your number \u20685550143\u2069 (\u2068Fax <b>\u2069)."),
        ({"ring_pattern": "B"}, "It rang as \u2068B\u2069 (\u2068Second number\u2069)."),
        ({"ring_pattern": "A"}, "It rang as \u2068A\u2069."),
        ({"forwarded_by": "2125550111"}, "Passed on by \u2068(212) 555-0111\u2069."),
        ({"call_type": "ring_back"}, "The network rang back: the number you had called is free now."),
        ({"long_distance": True}, "A long-distance call."),
        ({"dialable": "2125550122"}, "To call back, dial \u2068(212) 555-0122\u2069."),
        ({"name_absence": "private"}, "The caller withheld the name."),
        (
            {"damaged": "The check sum is wrong.", "readable_number": "2125550133", "readable_name": "ANN"},
            "The Caller ID arrived damaged; it could be \u2068(212) 555-0133\u2069 \u2068ANN\u2069 (not trusted).",
        ),
        ({"damaged": "It broke."}, "The Caller ID arrived damaged; nothing of it could be read. \u2068It broke.\u2069"),
    ],
)
def test_what_else_was_told_of_a_call_stands_in_its_row(
    told: dict[str, Any], sentence: str, house: House, browser: Browser
) -> None:
    for kind, value, label in ((EntryKind.DIALLED, "5550143", "Fax <b>"), (EntryKind.RING, "B", "Second number")):
        house.store.lists.add(ListName.PERMIT, kind, value, label=label, source="page", now=house.now)
    uid = house.call(STRANGER, **told).uid

    assert str(escape(sentence)) in row(browser.text("/"), uid)


def test_a_call_of_which_nothing_else_was_told_says_nothing_else(house: House, browser: Browser) -> None:
    uid = house.call(STRANGER, call_type="voice").uid

    assert 'class="told"' not in row(browser.text("/"), uid)


def test_a_hostile_number_in_any_of_the_facts_is_only_text(house: House, browser: Browser) -> None:
    evil = '\u202e"><script>alert(1)</script>' + "9" * 500
    fields = ("dialled", "ring_pattern", "forwarded_by", "call_type", "dialable", "name_absence", "damaged")
    house.call(STRANGER, **dict.fromkeys((*fields, "readable_number", "readable_name"), evil))

    page = browser.text("/")
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_a_damaged_caller_cannot_be_blocked_by_what_could_be_read(house: House, browser: Browser) -> None:
    uid = house.call_with(
        None, damaged="It broke.", readable_number="2125550133", reason="damaged_caller_id", treatment="ring"
    ).uid

    shown = row(browser.text("/"), uid)
    assert "Caller ID arrived damaged" in shown
    assert "because the Caller ID arrived damaged and tells nothing that can be trusted" in shown
    assert f"/calls/{uid}/block" not in shown
    assert "Cannot be blocked by number, because the one that came is not trusted." in shown


def test_a_listed_caller_who_was_left_alone_is_not_called_blocked(house: House, browser: Browser) -> None:
    house.lists()
    uid = house.call(CRUISES, outcome="line_in_use").uid

    shown = row(browser.text("/"), uid)
    assert "It was to be dropped because the number is on your block list" in shown


def test_a_call_that_is_not_decided_yet_waits_for_caller_id(house: House, browser: Browser) -> None:
    uid = house.call_with(
        None, ended_at=None, outcome=None, category=None, reason=None, treatment=None, verdict=None, trace=()
    ).uid

    shown = row(browser.text("/"), uid)

    assert "Caller not known yet" in shown
    assert "Waiting for Caller ID." in shown


def test_nothing_rings_now_when_nobody_watches_the_line(house: House, browser: Browser) -> None:
    house.line_speaks(heartbeat_at=datetime.now(UTC) - timedelta(minutes=2))
    uid = house.call(STRANGER, ended_at=None, outcome=None).uid

    assert "Ringing now" not in row(browser.text("/"), uid)


@pytest.mark.parametrize(
    ("report", "absent", "anchor"),
    [
        (WITHHELD, "Number withheld", "withheld"),
        (Reported(None, None, Withheld.UNAVAILABLE), "Number not available", "unavailable"),
        (None, "No Caller ID", "no_caller_id"),
    ],
)
def test_a_caller_without_a_number_has_an_explanation_instead_of_buttons(
    report: Reported | None, absent: str, anchor: str, house: House, browser: Browser
) -> None:
    uid = house.call_with(report).uid

    shown = row(browser.text("/"), uid)

    assert absent in shown
    assert "Cannot be blocked by number" in shown
    assert f'href="/rules?profile=day#{anchor}"' in shown
    assert "<button" not in shown
    assert f'id="{anchor}"' in browser.text("/rules?profile=day")
    answer = browser.post(f"/calls/{uid}/block")
    assert answer.status_code == 400
    assert "showed no number" in answer.text


def test_block_then_undo_leaves_everything_as_it_was(house: House, browser: Browser) -> None:
    uid = house.call(STRANGER, "NEW YORK NY").uid

    assert browser.post(f"/calls/{uid}/block", {"back": "/?q=555"}).headers["Location"] == f"/?q=555#call-{uid}"
    assert house.blocked("+12125550188")
    page = browser.text("/")
    assert "is blocked from now on" in page
    undo = re.search(r'formaction="(/changes/\d+/undo)"', row(page, uid))
    assert undo
    browser.post(undo[1])

    assert not house.blocked("+12125550188")
    assert "Undone" in browser.text("/")


def test_permitting_a_blocked_caller_takes_the_block_away_and_undo_brings_it_back(
    house: House, browser: Browser
) -> None:
    house.lists()
    uid = house.call(CRUISES).uid

    browser.post(f"/calls/{uid}/permit")
    assert house.permitted("+12125550142")
    assert not house.blocked("+12125550142")
    change = house.store.lists.latest_change(uid)
    assert change
    browser.post(f"/changes/{change.id}/undo")

    assert house.blocked("+12125550142")
    assert not house.permitted("+12125550142")


def test_blocking_a_caller_that_a_pattern_permits_says_that_it_keeps_ringing(house: House, browser: Browser) -> None:
    house.store.lists.add(ListName.PERMIT, EntryKind.PREFIX, "+1212", source="page", now=house.now)
    uid = house.call(STRANGER).uid

    browser.post(f"/calls/{uid}/block")

    page = browser.text("/")
    assert "keeps ringing" in page
    assert "numbers that begin like this are on your permit list" in page


def test_an_undo_that_came_too_late_says_so(house: House, browser: Browser) -> None:
    uid = house.call(STRANGER).uid
    browser.post(f"/calls/{uid}/block")
    change = house.store.lists.latest_change(uid)
    assert change
    assert change.entry
    house.store.lists.update(change.entry.id, label="Somebody", now=house.now, by="command")

    answer = browser.post(f"/changes/{change.id}/undo")

    assert answer.status_code == 303
    assert house.blocked("+12125550188")
    assert "notice care" in browser.text("/")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_text_and_nothing_else(name: str, house: House, browser: Browser) -> None:
    uid = house.call(STRANGER, name).uid
    browser.post(f"/calls/{uid}/block")

    for path in ("/", f"/?q={STRANGER}", "/block", "/status"):
        page = browser.text(path)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<h1>free" not in page
        assert "SECRET_KEY" not in page
        assert not set("\u202e\u2066\u2067\x00\x07\x1b") & set(page)
    assert "<bdi" in row(browser.text("/"), uid)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_search_is_only_a_search(name: str, house: House, browser: Browser) -> None:
    house.call(STRANGER, "NEW YORK NY")

    for path in ("/", "/block", "/permit"):
        page = browser.get(path, query_string={"q": name})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


def test_a_long_name_is_cut_and_stays_whole_in_the_store(house: House, browser: Browser) -> None:
    uid = house.call(STRANGER, "N" * 5000).uid

    assert "N" * 80 + "…" in browser.text("/")
    assert "N" * 81 not in browser.text("/")
    assert house.store.calls.get(uid).name == "N" * 5000


@pytest.mark.parametrize("search", ["cruises", "5550142", "(212) 555-0142", "sunny"])
def test_search_finds_a_call_by_part_of_name_or_number(search: str, house: House, browser: Browser) -> None:
    house.call(CRUISES, "SUNNY CRUISES")
    house.call(GRANDMA, "ROSE EXAMPLE")

    page = browser.get("/", query_string={"q": search}).text

    assert "SUNNY CRUISES" in page
    assert "ROSE EXAMPLE" not in page


def test_a_search_without_a_match_says_so(house: House, browser: Browser) -> None:
    house.call(CRUISES)

    assert "No call matches" in browser.text("/?q=zebra")


def test_older_leads_through_every_call_once_newest_first(house: House, browser: Browser) -> None:
    made = [house.call(f"212555{number:04d}").uid for number in range(120)]
    seen: list[str] = []
    path: str | None = "/"
    while path:
        page = browser.text(path)
        seen += re.findall(r'<li id="call-(call-\d+)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older[1].replace("&amp;", "&") if older else None

    assert seen == made[::-1]


def test_only_the_first_page_is_live(house: House, browser: Browser) -> None:
    house.call(STRANGER)

    assert 'data-live="rows"' in browser.text("/")
    assert 'data-live="rows"' not in browser.text("/?before=1")


@pytest.mark.parametrize("cursor", ["-1", "abc", "9" * 40, "1;drop", "", "0", "١٢"])
def test_a_senseless_cursor_is_no_error(cursor: str, house: House, browser: Browser) -> None:
    house.call(STRANGER)

    assert browser.get("/", query_string={"before": cursor}).status_code == 200
