"""The question page: what would happen if somebody called, now or at another time."""

from datetime import UTC, datetime, timedelta

import pytest

from appliance.core.household import EntryKind, ListName
from tests.web.house import CRUISES, GRANDMA, Browser, House


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (f"number={CRUISES}", "It would be dropped after its first ring."),
        (f"number={GRANDMA}", "The telephone would ring."),
        ("number=&absence=private", "It would be dropped after its first ring."),
        ("number=&absence=none", "The telephone would ring."),
        ("number=2125550188&name=%3Cscript%3E", "The telephone would ring."),
        ("number=2125550188&dialled=2125550143", "It would be dropped after its first ring."),
        ("number=2125550188&dialled=2125550143&ring=a", "The telephone would ring."),
        ("number=&absence=damaged&ring=B", "The telephone would ring."),
        ("number=&absence=damaged&dialled=2125550143", "The telephone would ring."),
    ],
)
def test_the_question_is_answered_as_a_call_would_be(
    question: str, answer: str, house: House, browser: Browser
) -> None:
    house.lists()
    house.store.lists.add(ListName.BLOCK, EntryKind.DIALLED, "5550143", source="page", now=house.now)
    house.store.lists.add(ListName.PERMIT, EntryKind.RING, "A", source="page", now=house.now)
    house.store.settings.set("treatment.day.withheld", "drop", by="page", now=house.now)
    before = house.store.calls.count()

    page = browser.text(f"/check?ask=1&{question}")

    assert answer in page
    assert "this decided" in page
    assert "<script>" not in page
    assert house.store.calls.count() == before


def test_what_rules_would_do_with_a_caller_who_is_on_a_list_is_not_told(house: House, browser: Browser) -> None:
    """Contacts, add (206) 555-0123; settings, own number 206 555 0142; then the question page for that contact."""
    house.store.lists.add(ListName.CONTACT, EntryKind.EXACT, "+12065550123", source="page", now=house.now)
    house.store.settings.set("home_number", "+12065550142", by="page", now=house.now, country="US", area_code="206")

    page = browser.text("/check?ask=1&number=2065550123")

    assert "Contacts – this decided" in page
    assert "The number begins like yours.</bdi></li>" in page
    assert "settings)" not in page
    assert "dishonest" not in page


def test_the_question_tells_when_a_rehearsal_would_let_it_ring(house: House, browser: Browser) -> None:
    house.lists()
    house.store.settings.set("mode", "rehearsal", by="page", now=house.now)

    assert "the telephone rings all the same" in browser.text(f"/check?ask=1&number={CRUISES}")


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        ("now", "The telephone would ring."),
        ("Sat 12:00", "The telephone would ring."),
        ("Sat 23:30", "It would be dropped after its first ring."),
        ("2030-12-24 23:30", "It would be dropped after its first ring."),
    ],
)
def test_the_question_is_answered_for_the_time_asked(at: str, answer: str, house: House, browser: Browser) -> None:
    for name, value in {
        "time_zone": "UTC",
        "schedule": "night sat,tue 22:00-07:00",
        "profile_until": "",
        "treatment.night.unknown": "drop",
    }.items():
        house.store.settings.set(name, value, by="page", now=house.now)
    if at == "now":
        house.store.settings.set("schedule", "", by="page", now=house.now)

    page = browser.text(f"/check?ask=1&number=2065550188&at={at}")

    assert answer in page
    assert "<dt>In force</dt>" in page
    assert ("Night, as" in page) == (answer != "The telephone would ring.")


def test_a_time_that_cannot_be_read_is_told_with_what_to_write(browser: Browser) -> None:
    answer = browser.get("/check?ask=1&number=2065550188&at=teatime")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="teatime"' in answer.text


def test_the_question_knows_the_calls_before_as_a_real_call_would(house: House, browser: Browser) -> None:
    at = datetime.now(UTC) - timedelta(minutes=10)
    house.call("2065550188", "JOE EXAMPLE", started_at=at, rings=4)

    assert "Somebody who calls again soon – this decided" in browser.text("/check?ask=1&number=2065550188")
    assert "Somebody who calls again soon – this decided" not in browser.text("/check?ask=1&number=2065550177")
