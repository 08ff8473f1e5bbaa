from datetime import UTC, date, datetime, timedelta

import pytest

from appliance import modem_news, rule_words
from appliance.concerns import words_for
from appliance.core import call
from appliance.core.household import Category, EntryKind, Limits, ListName, Mode, Treatment
from appliance.core.numbering import Meaning
from appliance.core.screening import RULES
from appliance.core.treatment import STAND_INS
from appliance.store import SETTINGS
from hardware.events import Absence, CallType, Concern, RecoveryStep
from hardware.lamps import SIGNALS
from web import lamps, weekly, when, words, words_policy, words_rules

FIGURES = [figure for figures in words_rules.FIGURES.values() for figure in figures]
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
        (when.end_of(date(2026, 3, 4), NOW.tzinfo), "Until the end of today"),
        (when.end_of(date(2026, 3, 5), NOW.tzinfo), "Until tomorrow"),
        (when.end_of(date(2026, 3, 9), NOW.tzinfo), "Until Monday 9 March (5 more days)"),
        (when.end_of(date(2027, 1, 1), NOW.tzinfo), "Until Friday 1 January 2027 (303 more days)"),
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
    assert {rule.name for rule in RULES} <= set(rule_words.RULES)
    assert {mode.value for mode in Mode} == set(words.MODES)
    assert {treatment.value for treatment in Treatment} == set(words_policy.TREATMENTS)
    assert {category.value for category in Category} == set(words_policy.CATEGORIES)
    assert {meaning.value for meaning in Meaning} == set(words_policy.MEANINGS)
    assert set(STAND_INS.values()) == set(words_policy.UNTIL_THEN)
    assert set(words_rules.FIGURES) <= {rule.name for rule in RULES}
    assert {figure.setting for figure in FIGURES} == set(Limits.__dataclass_fields__)
    assert {kind.value for kind in EntryKind} == set(words.KINDS) == set(words.EXAMPLES)
    assert {name.value for name in ListName} == set(words.LISTS) == set(words.LISTED)
    assert {kind.value for kind in CallType} - {"voice"} == set(words.CALL_TYPES)
    assert {why.value for why in Absence} == set(words.NO_NAME)
    assert (
        {step.value for step in RecoveryStep}
        == {step.value for step in modem_news.TRIED}
        == {step.value for step in modem_news.NOT_DONE}
    )


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.setting)
def test_the_page_asks_for_just_the_figures_that_the_settings_take(figure: words_rules.Figure) -> None:
    setting = SETTINGS[figure.setting]

    for inside in (figure.least, figure.most):
        assert setting.fits(str(inside * figure.size))
    for outside in (figure.least - 1, figure.most + 1):
        assert not setting.fits(str(outside * figure.size))


@pytest.mark.parametrize(
    ("minute", "country", "text"),
    [
        (0, "US", "12:00 am"),
        (720, "US", "12:00 pm"),
        (1439, "US", "11:59 pm"),
        (1440, "NL", "00:00"),
        (65, "NL", "01:05"),
    ],
)
def test_a_time_of_day_reads_as_the_country_writes_it(minute: int, country: str, text: str) -> None:
    assert when.wall(minute, country) == text


def test_a_sentence_of_the_core_tells_its_times_as_the_country_writes_them() -> None:
    assert when.spoken("Night begins at 22:00, not 7:5.", "US") == "Night begins at 10:00 pm, not 7:5."
    assert when.spoken("Night begins at 22:00.", "DE") == "Night begins at 22:00."


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("", ""),
        ("mon-fri 08:00-17:00; sat 09:00-12:00", "Monday to Friday, 08:00 to 17:00; Saturday, 09:00 to 12:00"),
        ("sat,sun 00:00-24:00", "Saturday and Sunday, all day"),
        ("mon-sun 22:00-07:00", "every day, 22:00 to 07:00 the next day"),
        ("sun 12:00-12:00", "Sunday, 12:00 to 12:00 the next day"),
        ("from an older version", ""),
    ],
)
def test_hours_read_as_people_say_them(hours: str, text: str) -> None:
    assert weekly.hours_words(hours, "DE") == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-12-24", "2026-12-27", "Thu 24 December 2026 to Sat 26 December 2026"),
        ("2026-12-24", "2026-12-25", "Thu 24 December 2026"),
        ("2026-12-31T20:00", "2027-01-01", "Thu 31 December 2026, 20:00 to Fri 1 January 2027, 00:00"),
    ],
)
def test_a_stretch_of_days_reads_as_people_say_it(start: str, end: str, text: str) -> None:
    assert when.stretch(datetime.fromisoformat(start), datetime.fromisoformat(end), "DE") == text


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
