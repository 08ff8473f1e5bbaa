from datetime import UTC, date, datetime, timedelta

import pytest

from appliance import modem_news
from appliance.concerns import words_for
from appliance.core import call
from appliance.core.household import Category, EntryKind, ListName, Mode
from appliance.core.rule import Verdict
from appliance.core.screening import RULES
from appliance.core.treatment import EXISTING
from hardware.events import Absence, CallType, Concern, RecoveryStep
from hardware.lamps import SIGNALS
from web import lamps, when, words

NOW = datetime(2026, 3, 4, 15, 30).astimezone()


@pytest.mark.parametrize(
    ("at", "country", "text"),
    [
        (NOW - timedelta(minutes=5), "US", "Today, 3:25 pm"),
        (NOW - timedelta(minutes=5), "NL", "Today, 15:25"),
        (NOW - timedelta(days=1, hours=15), "US", "Yesterday, 12:30 am"),
        (NOW - timedelta(days=1, hours=3), "DE", "Yesterday, 12:30"),
        (NOW - timedelta(days=2), "GB", "Mon 2 Mar, 15:30"),
        (NOW.replace(year=2024, month=12, day=31), "GB", "Tue 31 Dec 2024, 15:30"),
    ],
)
def test_times_read_as_people_say_them(at: datetime, country: str, text: str) -> None:
    assert when.moment(at.astimezone(UTC), NOW, country) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (None, "For ever"),
        (when.end_of(date(2026, 3, 4)), "Until the end of today"),
        (when.end_of(date(2026, 3, 5)), "Until tomorrow"),
        (when.end_of(date(2026, 3, 9)), "Until Monday 9 March (5 more days)"),
        (when.end_of(date(2027, 1, 1)), "Until Friday 1 January 2027 (303 more days)"),
        (NOW - timedelta(hours=3), "Ended 3 hours ago; it no longer counts"),
        (NOW, "Ended just now; it no longer counts"),
    ],
)
def test_an_expiry_reads_as_people_say_it(end: datetime | None, text: str) -> None:
    assert when.until(end, NOW) == text


@pytest.mark.parametrize(
    ("ago", "text"), [(10, "just now"), (60, "1 minute ago"), (7200, "2 hours ago"), (86400 * 3, "3 days ago")]
)
def test_how_long_ago_is_rough(ago: int, text: str) -> None:
    assert when.ago(NOW - timedelta(seconds=ago), NOW) == text


def test_the_pages_have_words_for_everything_the_rooms_below_can_say() -> None:
    assert {rule.name for rule in RULES} <= set(words.RULES)
    assert {verdict.value for verdict in Verdict} == set(words.VERDICTS)
    assert {mode.value for mode in Mode} == set(words.MODES)
    assert {treatment.value for treatment in EXISTING} == set(words.TREATMENTS)
    assert {kind.value for kind in EntryKind} == set(words.KINDS) == set(words.EXAMPLES)
    assert {name.value for name in ListName} == set(words.LISTS) == set(words.LISTED)
    assert {kind.value for kind in CallType} - {"voice"} == set(words.CALL_TYPES)
    assert {why.value for why in Absence} == set(words.NO_NAME)
    assert (
        {step.value for step in RecoveryStep}
        == {step.value for step in modem_news.TRIED}
        == {step.value for step in modem_news.NOT_DONE}
    )
    assert {key for key, _, _ in words.STRANGERS} <= {category.value for category in Category}


@pytest.mark.parametrize("outcome", list(call.Outcome), ids=lambda outcome: outcome.value)
def test_every_outcome_has_words_of_its_own(outcome: call.Outcome) -> None:
    made_up = outcome.value.replace("_", " ").capitalize()
    assert words.outcome(outcome.value, "ring", 1, ended=True, mode="on").text != made_up


@pytest.mark.parametrize("concern", list(Concern), ids=lambda concern: concern.value)
def test_every_concern_about_a_modem_is_named_with_what_to_do(concern: Concern) -> None:
    said = words_for(concern.value, "Testmodem", "V1.2.10", "B5")
    assert "Testmodem" in said.text
    assert "{" not in said.text


def test_old_firmware_is_told_with_its_version_and_the_one_to_get() -> None:
    said = words_for("old_firmware", "USR5637", "V1.2.10", "")
    assert "V1.2.10" in said.text
    assert "1.2.23 or later" in said.text
    assert said.urgent


def test_a_concern_of_a_newer_version_breaks_nothing() -> None:
    assert words_for("too_hot", "", "", "").text == "It says: too hot."


def test_every_lamp_signal_of_the_panel_has_its_meaning_in_words() -> None:
    for lamp, pattern in SIGNALS.values():
        assert pattern.name in lamps.RHYTHMS
        assert (lamp.value, pattern.name) in lamps.MEANINGS


def test_text_of_others_is_cut_and_shows_no_control_characters() -> None:
    assert words.cut("A" * 100, 10) == "A" * 10 + "…"
    assert words.cut("a\u202eb\x00c") == "a b c"
    assert words.cut(None) == ""
    assert words.isolated("שלום") == "\u2068שלום\u2069"
