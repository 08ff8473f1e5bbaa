import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.household import Household, Mode
from appliance.core.policy import Policy, Schedule
from appliance.core.terms import Category, Treatment
from appliance.errors import InvalidValue
from appliance.tracing import LINE_LIMIT, parsed, traced

AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
HOME = Household(country="US", area_code="212", mode=Mode.ON, policy=Policy())
CALL = {
    "id": "a",
    "at": AT.isoformat(),
    "number": "2125550100",
    "name": None,
    "absence": None,
    "rings": 4,
    "answered": None,
    "duration_s": 30,
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TIMES = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
ABSENCES = st.sampled_from([None, "private", "unavailable", "none"])
NUMBERS = st.none() | st.text("0123456789+PO ", max_size=16)
ANSWERED = st.none() | st.floats(0, 60)
LIKELY = {"at": TIMES, "number": NUMBERS, "absence": ABSENCES, "rings": st.integers(0, 9), "answered": ANSWERED}
LINES = st.fixed_dictionaries(
    {"id": st.text(max_size=5)}, optional={name: some | JSON for name, some in LIKELY.items()}
)


def line(**changed: Any) -> bytes:
    return json.dumps(CALL | changed).encode()


def told(*lines: bytes, home: Household = HOME) -> list[dict[str, Any]]:
    return list(traced(map(parsed, lines), home))


def at(**after: float) -> str:
    return (AT + timedelta(**after)).isoformat()


def refusal(text: bytes) -> str:
    """Why a line is no call; "" when it is one."""
    try:
        parsed(text)
    except InvalidValue as error:
        return str(error)
    return ""


def decided_or_one_sentence(text: bytes) -> None:
    if why := refusal(text):
        assert why.endswith(".")
        assert "\n" not in why
        return
    (answer,) = told(text)
    assert answer.keys() - {"today"} == {"id", "verdict", "category", "treatment", "reason", "profile"}
    json.dumps(answer)


@given(LINES)
def test_any_line_with_the_fields_of_a_call_is_decided_or_refused_in_a_sentence(call: dict[str, Any]) -> None:
    decided_or_one_sentence(json.dumps(call).encode())


@given(JSON.map(json.dumps).map(str.encode) | st.binary(max_size=60))
def test_any_line_at_all_is_decided_or_refused_in_a_sentence(text: bytes) -> None:
    decided_or_one_sentence(text)


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"id": None}, "id"),
        ({"id": True}, "id"),
        ({"at": "2026-11-22T18:05:00"}, "offset"),
        ({"at": "yesterday"}, "offset"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "offset"),
        ({"number": 2125550100}, "number"),
        ({"name": ["x"]}, "name"),
        ({"absence": "P"}, "absence"),
        ({"absence": []}, "absence"),
        ({"rings": "2"}, "rings"),
        ({"rings": -1}, "rings"),
        ({"rings": None}, "rings"),
        ({"answered": "no"}, "answered"),
        ({"answered": float("nan")}, "answered"),
        ({"number": "5" * 2_000}, "number"),
    ],
)
def test_a_field_that_makes_no_sense_is_named(changed: dict[str, Any], about: str) -> None:
    with pytest.raises(InvalidValue, match=about):
        parsed(line(**changed))


@pytest.mark.parametrize(
    "text", [b"[" * 90_000, b"\xff", b"{}" + b" " * LINE_LIMIT, b'{"id": ' + b"9" * 5_000 + b"}", b"7", b"nan"]
)
def test_what_is_no_call_is_refused(text: bytes) -> None:
    with pytest.raises(InvalidValue):
        parsed(text)


def test_what_is_not_told_counts_as_nothing_told() -> None:
    (answer,) = told(json.dumps({"id": 7, "at": CALL["at"], "rings": 2, "label": "unwanted"}).encode())
    assert (answer["id"], answer["category"]) == (7, "unavailable")
    assert told(line(number=None, absence="private"))[0]["category"] == "withheld"
    assert told(line(number=None, absence="none"))[0]["category"] == "no_caller_id"


def test_treatment_is_what_is_wanted_and_today_what_is_done_in_its_place() -> None:
    chosen = {("day", Category.UNKNOWN): Treatment.CHALLENGE, ("day", Category.WITHHELD): Treatment.DROP}
    home = replace(HOME, policy=Policy(chosen=chosen))
    unknown, withheld = told(line(), line(absence="private"), home=home)
    assert (unknown["treatment"], unknown["today"]) == ("challenge", "ring")
    assert withheld["treatment"] == "drop"
    assert "today" not in withheld


def test_an_insistent_caller_is_known_by_the_call_before() -> None:
    first, again = told(line(), line(at=at(minutes=5)))
    assert (first["reason"], again["reason"]) == ("unknown", "repeat_caller")


def test_calls_that_give_up_after_two_rings_make_a_ping_caller() -> None:
    short = [line(rings=1, at=at(hours=hours)) for hours in range(3)]
    assert [answer["reason"] for answer in told(*short)][-1] == "ping_caller"
    answered = [line(rings=1, answered=5.5, at=at(hours=hours)) for hours in range(3)]
    assert "ping_caller" not in [answer["reason"] for answer in told(*answered)]
    long = [line(rings=5, at=at(hours=hours)) for hours in range(3)]
    assert "ping_caller" not in [answer["reason"] for answer in told(*long)]


def test_what_holds_only_now_says_nothing_about_the_calls_of_a_file() -> None:
    """After `quietline expect 2h`, Allow while nobody calls and `quietline profile away 2h`, then `quietline trace`."""
    soon = AT + timedelta(hours=2)
    now = Policy(schedule=Schedule(override=("away", soon)))
    home = replace(HOME, permit_next_until=soon, expecting_until=soon, policy=now)
    for answer in told(line(), line(number="2125550177", at=at(minutes=1)), home=home):
        assert (answer["reason"], answer["profile"]) == ("unknown", "day")


def test_a_call_that_ended_before_it_rang_gave_nothing_up() -> None:
    silent = [line(rings=0, at=at(hours=hours)) for hours in range(4)]
    assert "ping_caller" not in [answer["reason"] for answer in told(*silent)]
