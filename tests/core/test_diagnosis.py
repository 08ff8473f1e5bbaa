"""Why Caller ID is missing: one case for each row of the table, and what must hold for all facts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.diagnosis import TABLE, Cause, Facts, Sending, diagnose

SILENT = Facts(silent_calls=3)

CASES = [
    (Cause.MODEM_CANNOT, replace(SILENT, can_report=False, damaged_calls=1)),
    (Cause.DAMAGED, replace(SILENT, damaged_calls=1, ever_reported=True, settings_lost=3)),
    (Cause.DAMAGED, Facts(damaged_calls=3, ever_reported=True)),
    (Cause.FORGETFUL, replace(SILENT, settings_lost=2, ever_reported=True, country_fits=False)),
    (Cause.COUNTRY_REFUSED, replace(SILENT, country="GR", country_code="B5", country_fits=False, country_refused=True)),
    (Cause.COUNTRY_DIFFERS, replace(SILENT, country="GB", country_code="B5", country_fits=False)),
    (Cause.OLD_FIRMWARE, replace(SILENT, ever_reported=True, old_firmware=True)),
    (Cause.STOPPED, replace(SILENT, ever_reported=True, sending=Sending.TONES)),
    (Cause.TONES_UNREADABLE, replace(SILENT, country="NL", sending=Sending.TONES)),
    (Cause.TONES_UNSURE, replace(SILENT, country="NL", sending=Sending.TONES, told_how=True)),
    (Cause.AFTER_ANSWER, replace(SILENT, country="JP", sending=Sending.AFTER_ANSWER, told_how=True)),
    (Cause.BEFORE_RING, replace(SILENT, country="GB", sending=Sending.BEFORE_RING)),
    (Cause.NO_SERVICE, SILENT),
    (Cause.NO_SERVICE, replace(SILENT, can_report=None)),
]


@pytest.mark.parametrize(("cause", "facts"), CASES, ids=lambda value: value.value if isinstance(value, Cause) else "")
def test_each_cause_is_found_by_what_speaks_for_it(cause: Cause, facts: Facts) -> None:
    found = diagnose(facts)
    assert found is not None
    assert found.cause is cause


def test_every_row_of_the_table_has_its_case_and_every_cause_its_row() -> None:
    assert {cause for cause, _ in CASES} == set(Cause)
    assert [row.cause for row in TABLE] == sorted({row.cause for row in TABLE}, key=[r.cause for r in TABLE].index)
    assert {row.cause for row in TABLE} == set(Cause)


def test_a_line_that_brings_caller_id_is_not_diagnosed() -> None:
    assert diagnose(Facts()) is None
    assert diagnose(Facts(can_report=False, settings_lost=4, country_fits=False)) is None


@pytest.mark.parametrize(
    ("silent", "lost", "cause"), [(5, 1, Cause.STOPPED), (5, 3, Cause.FORGETFUL), (6, 3, Cause.FORGETFUL)]
)
def test_a_setting_lost_once_long_ago_does_not_explain_silence_today(silent: int, lost: int, cause: Cause) -> None:
    found = diagnose(Facts(silent_calls=silent, settings_lost=lost, ever_reported=True))
    assert found is not None
    assert found.cause is cause


def test_the_words_name_the_country_and_the_code_of_the_modem() -> None:
    found = diagnose(Facts(silent_calls=1, country="GB", country_code="B5", country_fits=False))
    assert found is not None
    assert "(code B5)" in found.likely
    assert "(GB)" in found.likely


FACTS = st.builds(
    Facts,
    silent_calls=st.integers(0, 9),
    damaged_calls=st.integers(0, 9),
    settings_lost=st.integers(0, 9),
    can_report=st.sampled_from([True, False, None]),
    country=st.sampled_from(["US", "GB", "NL", "JP"]),
    country_code=st.text("0123456789ABCDEF{}", max_size=2),  # a modem says what it likes
)


@given(FACTS)
def test_whoever_is_silent_gets_whole_sentences(facts: Facts) -> None:
    found = diagnose(facts)
    assert (found is None) == (not facts.silent_calls and not facts.damaged_calls)
    if found is not None:
        assert found.likely.endswith(".")
        assert found.advice.endswith((".", "quietline.target"))
        assert found.likely[0].isupper()
        assert found.advice[0].isupper()
