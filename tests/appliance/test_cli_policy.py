"""The commands about who gets through: the table, presets, schedules, rules, ranges; and those that look back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.commands.base import Exit
from appliance.core.presets import ALWAYS_RING, PRESETS
from appliance.core.screening import RULES
from appliance.core.terms import Category
from appliance.policy_words import KINDS, TREATMENTS
from appliance.rule_words import RULES as WORDS
from appliance.store import SETTINGS, CallRecord, Doorbell, Store
from tests.appliance.conftest import Quietline

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")


def row(text: str, kind: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.startswith(f"{kind} "))
    return line.split()


def test_every_setting_kind_of_call_and_rule_is_documented() -> None:
    for name in SETTINGS:
        family, _, rest = name.partition(".")
        word = rest.rpartition(".")[2] if family in ("treatment", "rule") else name
        assert f"`{word}`" in PAGE, name


def test_every_rule_kind_and_treatment_has_words() -> None:
    assert {rule.name for rule in RULES} <= WORDS.keys()
    assert KINDS.keys() == set(Category)
    assert all(text for text in TREATMENTS.values())


def test_the_table_shows_every_kind_and_what_the_household_chose(quietline: Quietline) -> None:
    quietline("preset", "balanced")
    assert quietline("policy", "set", "night", "withheld", "drop").out == (
        "night: a call of the kind withheld (the caller hides the number) is dropped, as you chose.\n"
    )
    table = quietline("policy").out
    assert {line.split()[0] for line in table.splitlines()} >= {category.value for category in Category}
    day = PRESETS["balanced"].tables["day"][Category.WITHHELD].value
    assert row(table, "withheld")[1:3] == [day, "drop*"]
    quietline("policy", "set", "night", "withheld", "preset")
    assert "*" not in "".join(row(quietline("policy").out, "withheld"))


def test_the_table_of_one_profile_and_as_json(quietline: Quietline) -> None:
    quietline("policy", "set", "away", "unknown", "drop")
    assert row(quietline("policy", "--profile", "away").out, "unknown")[1] == "drop*"
    cells = json.loads(quietline("policy", "--json").out)
    assert len(cells) == len(Category) * 3
    assert {"category": "unknown", "profile": "away", "treatment": "drop", "by": "household"} in cells


def test_a_profile_of_ones_own_has_a_column(quietline: Quietline) -> None:
    quietline("settings", "set", "profiles", "guests=night")
    assert quietline("policy", "set", "guests", "unknown", "drop").code == 0
    assert "guests" in quietline("policy").out
    assert "treatment.guests.unknown = drop" in quietline("settings", "list").out


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["policy", "set", "dusk", "withheld", "drop"], "there are: day, night, away"),
        (["policy", "--profile", "dusk"], "there are: day, night, away"),
        (["policy", "set", "day", "witheld", "drop"], "Did you mean withheld?"),
        (["policy", "set", "day", "withheld", "explode"], "ring"),
        (["policy", "set", "day", "withheld", "challenge"], "talk to callers"),
        (["policy", "set", "day", "contact", "drop"], "never turned away"),
        (["preset", "harsh"], "gentle, balanced or strict"),
        (["schedule", "set", "night whenever"], "whenever"),
        (["schedule", "set", "dusk mon-sun 22:00-07:00"], "dusk"),
        (["exceptions", "set", "away next christmas"], "2026-12-24"),
        (["profile", "away"], "--until"),
        (["profile", "auto", "--until", "8:00"], "--until"),
        (["profile", "dusk", "--until", "tomorrow 8:00"], "there are: day, night, away"),
        (["profile", "away", "--until", "someday"], "someday"),
        (["expect", "soon"], "1 to 48"),
        (["expect", "0"], "1 to 48"),
        (["expect", "49"], "1 to 48"),
        (["rules", "off", "block_list"], "always on"),
        (["rules", "off", "repeat_callers"], "Did you mean repeat_caller?"),
        (["rules", "off", "xyz"], "quietline rules shows them all"),
        (["ranges", "--country", "XX"], "two letters"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(quietline: Quietline, words: list[str], text: str) -> None:
    said = quietline(*words)
    assert (said.code, said.out) == (Exit.USAGE, "")
    assert text in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("category", sorted(category.value for category in ALWAYS_RING))
def test_nobody_can_choose_to_lose_a_wanted_call(quietline: Quietline, category: str) -> None:
    assert quietline("policy", "set", "day", category, "drop").code == Exit.USAGE


def test_a_preset_is_chosen_by_its_name(quietline: Quietline) -> None:
    marks = {line.split()[1]: line[0] for line in quietline("preset", "strict").out.splitlines() if line[0] == ">"}
    assert marks == {"strict": ">"}
    shown = json.loads(quietline("preset", "--json").out)
    assert shown["chosen"] == "strict"
    assert shown["presets"].keys() == PRESETS.keys()


def test_the_schedule_says_what_is_in_force_why_and_what_comes_next(quietline: Quietline) -> None:
    assert "always Day" in quietline("schedule").out
    said = quietline("schedule", "set", "Night every day 10 pm to 7 am")
    assert said.out.startswith("Every week: night mon-sun 22:00-07:00\nNow: ")
    assert "\nNext: " in quietline("schedule").out
    assert quietline("settings", "get", "schedule").out == "night mon-sun 22:00-07:00\n"
    assert quietline("schedule", "set", "").code == 0
    assert quietline("settings", "get", "schedule").out == "\n"


def test_exceptions_are_shown_one_a_line(quietline: Quietline) -> None:
    assert quietline("exceptions").out == "There are no exceptions.\n"
    text = "away 2026-12-24..2026-12-26 Christmas; night 2026-12-31T20:00..2027-01-01T09:00"
    assert quietline("exceptions", "set", text).code == 0
    assert quietline("exceptions").out.splitlines() == [part.strip() for part in text.split(";")]


def test_a_profile_by_hand_holds_until_it_is_given_back(quietline: Quietline) -> None:
    assert "Now: Away, as chosen by hand until tomorrow at" in quietline("profile", "away", "--until", "24h").out
    assert "Now: Day" in quietline("profile", "auto").out


def test_waiting_for_a_call_lets_strangers_ring_until_it_ends(quietline: Quietline) -> None:
    quietline("policy", "set", "day", "unknown", "drop")
    assert quietline("expect").out == "You are not waiting for a call.\n"
    assert quietline("expect", "3").out.startswith("You are waiting for a call: unknown callers ring until ")
    assert json.loads(quietline("check", "2125550100", "--json").out)["reason"] == "expected_call"
    assert json.loads(quietline("check", "2125550100", "--at", "4h", "--json").out)["reason"] == "unknown"
    assert quietline("expect", "off").out == "You are not waiting for a call.\n"
    assert json.loads(quietline("check", "2125550100", "--json").out)["reason"] == "unknown"


def test_rules_are_shown_in_their_order_and_switched(quietline: Quietline) -> None:
    shown = [line.split()[:2] for line in quietline("rules").out.splitlines()]
    assert [name for name, _ in shown] == [rule.name for rule in RULES]
    assert dict(shown)["block_list"] == "always"
    assert dict(shown)["withheld"] == "on"
    assert quietline("rules", "off", "withheld").out == "Withheld number: this rule is switched off now.\n"
    assert [rule["on"] for rule in json.loads(quietline("rules", "--json").out) if rule["rule"] == "withheld"] == [
        False
    ]
    assert json.loads(quietline("check", "--withheld", "--json").out)["reason"] == "unknown"
    assert quietline("rules", "on", "withheld").code == 0
    assert json.loads(quietline("check", "--withheld", "--json").out)["reason"] == "withheld"


def test_ranges_are_those_of_the_country_and_say_who_says_so(quietline: Quietline) -> None:
    quietline("settings", "set", "country", "FR")
    shown = quietline("ranges").out
    assert any(line.startswith("162") and "telemarketing" in line for line in shown.splitlines())
    found = json.loads(quietline("ranges", "--country", "gb", "--json").out)
    assert any(one["prefix"] == "999" and one["meaning"] == "emergency" for one in found)
    assert all(one["source"] and one["checked"] and one["sentence"].endswith(".") for one in found)


def test_a_range_says_whether_a_rule_goes_by_it(quietline: Quietline) -> None:
    """`quietline ranges --country IT`."""
    shown = [line.split("  ") for line in quietline("ranges", "--country", "IT").out.splitlines()]
    done = {words[0].strip(): " ".join(words) for words in shown}
    assert "in force" in done["0844"]
    assert "doubtful" in done["0843"]
    assert "always rings" in done["112"]
    assert "known only" in done["xxx"]


def test_every_choice_rings_the_bell_and_looking_does_not(quietline: Quietline, tmp_path: Path) -> None:
    quietline("status")
    with Doorbell(tmp_path / "data", "line-main") as bell:
        for words in (
            ["policy", "set", "day", "unknown", "drop"],
            ["preset", "strict"],
            ["schedule", "set", "night mon-sun 22:00-07:00"],
            ["exceptions", "set", "away 2026-12-24"],
            ["profile", "away", "--until", "3h"],
            ["expect", "2"],
            ["rules", "off", "burst"],
        ):
            assert quietline(*words).code == 0
            assert bell.drain(), words
        for words in (["policy"], ["preset"], ["schedule"], ["rules"], ["ranges"], ["review"], ["rehearsal"]):
            assert quietline(*words).code == 0
            assert not bell.drain(), words


def turned_away(data: Path, times: int, mode: str = "on", outcome: str = "dropped") -> None:
    with Store.open(data) as store:
        for n in range(times):
            at = datetime.now(UTC) - timedelta(hours=n + 1)
            row = CallRecord(str(n), "main", at, at, 1, "2125550100", "+12125550100", "ROOF\x1b[2J")
            decided = replace(row, category="blocked", treatment="drop", wanted="drop", presentation="allowed")
            store.calls.put(replace(decided, mode=mode, outcome=outcome))


def test_a_review_says_what_to_look_at(quietline: Quietline, tmp_path: Path) -> None:
    assert quietline("review").out == "Nothing looks like a mistake in the last 30 days.\n"
    turned_away(tmp_path / "data", 3)
    said = quietline("review").out.splitlines()
    assert said[0].startswith("- (212) 555-0100 was turned away 3 times in the last 30 days")
    assert said[-1] == "1 to look at."
    (found,) = json.loads(quietline("review", "--json").out)
    assert (found["kind"], found["advice"], found["number"]) == ("calls_again", "permit", "+12125550100")


def test_a_rehearsal_says_what_would_have_become_of_the_calls(quietline: Quietline, tmp_path: Path) -> None:
    assert quietline("rehearsal").out == "No call came during a rehearsal in the last 7 days.\n"
    quietline("settings", "set", "mode", "rehearsal")
    turned_away(tmp_path / "data", 2, mode="rehearsal", outcome="would_drop")
    said = quietline("rehearsal").out.splitlines()
    assert said[1] == "Without the rehearsal 2 would have been dropped."
    assert "ROOF·[2J" in said[2]
    assert said[-1].endswith("quietline settings set mode on")
    assert [call["uid"] for call in json.loads(quietline("rehearsal", "--json").out)] == ["0", "1"]
