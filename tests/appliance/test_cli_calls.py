import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.captured import calls_in
from appliance.core.screening import RULES
from appliance.rule_words import rule_title
from appliance.store import CallRecord, LineStatus, Store, TraceLine
from tests.appliance.conftest import Quietline

TRANSCRIPTS = Path(__file__).resolve().parents[1] / "transcripts"
AT = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)


def first_words(text: str) -> str:
    return text.splitlines()[0]


def deciding_rule(text: str) -> str:
    """The title of the rule that decided."""
    (line,) = (line for line in text.splitlines() if line.startswith("> "))
    return line[2:34].strip()


@pytest.mark.parametrize(
    ("words", "sentence", "rule"),
    [
        (["2125550100"], "(212) 555-0100: Let through because this caller is not known to you.", "unknown"),
        (["(212) 555-0199"], "(212) 555-0199: Blocked because the number is on your block list (Roof).", "block_list"),
        (["1 212 555 0199"], "(212) 555-0199: Blocked because the number is on your block list (Roof).", "block_list"),
        (
            ["2125550199", "--name", "HILL SCHOOL"],
            "(212) 555-0199 HILL SCHOOL: Let through because the caller's name is on your permit list.",
            "permit_list",
        ),
        (
            ["--withheld"],
            "A caller who withholds the number: Blocked because the caller withheld the number.",
            "withheld",
        ),
        (
            ["--unavailable"],
            "A caller whose number is not available: Let through, although the network did not know the number.",
            "unavailable",
        ),
        (
            ["--no-caller-id"],
            "A call without Caller ID: Let through, although no Caller ID came with the call.",
            "no_caller_id",
        ),
    ],
)
def test_check_says_what_would_happen_and_which_rule_says_so(
    quietline: Quietline, words: list[str], sentence: str, rule: str
) -> None:
    quietline("block", "add", "2125550199", "--label", "Roof")
    quietline("permit", "add", "*SCHOOL*")
    for kind, treatment in (
        ("withheld", "drop"),
        ("unavailable", "ring"),
        ("no_caller_id", "ring"),
        ("unknown", "ring"),
    ):
        assert quietline("policy", "set", "day", kind, treatment).code == 0
    said = quietline("check", *words)
    assert said.code == 0
    assert first_words(said.out) == sentence
    assert deciding_rule(said.out) == rule_title(rule)
    assert len(said.out.splitlines()) == 2 + len(RULES)


def said_of(text: str, rule: str) -> str:
    """What the line of a rule holds behind its title."""
    (line,) = (line for line in text.splitlines() if line[2:34].strip() == rule_title(rule))
    return line[34:].strip()


def test_what_rules_would_do_with_a_caller_who_is_on_a_list_is_not_told(quietline: Quietline) -> None:
    """`quietline contact add 2125550123`, `quietline settings set home_number 2125550142`, `check 2125550123`."""
    quietline("contact", "add", "2125550123", "--label", "Anna")
    quietline("settings", "set", "home_number", "2125550142")
    said = quietline("check", "2125550123").out
    assert said_of(said, "contacts") == "let it ring       The number is among your contacts (Anna)."
    assert said_of(said, "neighbour_spoofing") == "The number begins like yours."
    assert said_of(said, "unknown") == "Whoever no other rule knows is an unknown caller."
    assert "by your settings" not in said
    assert "dishonest" not in said
    assert said_of(quietline("check", "2125550177").out, "neighbour_spoofing").startswith("by your settings  The")


def test_of_a_caller_without_a_number_nothing_is_told_that_only_a_number_can_tell(quietline: Quietline) -> None:
    """`quietline check --withheld` with a home number, and `check --damaged`."""
    quietline("settings", "set", "home_number", "2125550142")
    asked = ("near_contact", "emergency", "impossible", "own_number", "telemarketing", "reserved")
    for kind in ("--withheld", "--unavailable", "--no-caller-id", "--damaged"):
        said = quietline("check", kind).out
        for rule in (*asked, "neighbour_spoofing", "premium", "foreign"):
            assert said_of(said, rule) == "No number was shown, so this cannot be told.", (kind, rule)
    said = quietline("check", "--damaged").out
    assert said_of(said, "no_caller_id") == "Caller ID came with the call, but it arrived damaged."


@pytest.mark.parametrize("text", ["", " ", "abc", "+++", "call me"])
def test_what_is_no_number_is_not_checked(quietline: Quietline, text: str) -> None:
    said = quietline("check", text)
    assert (said.code, said.out) == (2, "")
    assert "is no telephone number: write its digits" in said.err


def test_the_letter_of_a_modem_in_place_of_a_number_is_checked(quietline: Quietline) -> None:
    for letter, rule in (("P", "withheld"), ("o", "unavailable")):
        assert deciding_rule(quietline("check", letter).out) == rule_title(rule)


def test_check_asks_the_rules_in_their_order_and_says_what_each_saw(quietline: Quietline) -> None:
    said = json.loads(quietline("check", "2125550100", "--name", "ACME", "--json").out)
    assert [step["rule"] for step in said["trace"]] == [rule.name for rule in RULES]
    assert all(step["saw"].endswith(".") and step["title"] for step in said["trace"])
    assert (said["number"], said["name"], said["reason"]) == ("+12125550100", "ACME", "unknown")
    spoke = next(step for step in said["trace"] if step["verdict"])
    assert (spoke["rule"], spoke["category"]) == (said["reason"], said["category"])


def test_check_goes_by_the_profile_of_the_time_that_is_asked_about(quietline: Quietline) -> None:
    quietline("settings", "set", "time_zone", "Europe/Amsterdam")
    quietline("schedule", "set", "night mon-sun 22:00-07:00")
    quietline("policy", "set", "day", "withheld", "ring")
    quietline("policy", "set", "night", "withheld", "drop")
    by_night = quietline("check", "--withheld", "--at", "Sat 23:30").out.splitlines()
    assert by_night[0].endswith("Blocked because the caller withheld the number.")
    assert by_night[1].startswith("Sat ")
    assert by_night[1].endswith("23:30: Night, as every day from 22:00 to 07:00.")
    by_day = quietline("check", "--withheld", "--at", "Sat 12:00").out.splitlines()
    assert by_day[0].endswith("Let through, although the caller withheld the number.")
    assert "Day" in by_day[1]


def test_check_refuses_a_time_that_is_none(quietline: Quietline) -> None:
    said = quietline("check", "2125550100", "--at", "someday")
    assert (said.code, said.out) == (2, "")
    assert "someday" in said.err


def test_check_has_the_calls_of_the_log_before_it(quietline: Quietline, tmp_path: Path) -> None:
    ago = datetime.now(UTC) - timedelta(minutes=5)
    with Store.open(tmp_path / "data") as store:
        again = CallRecord("one", "main", ago, ago, 4, "2125550100", "+12125550100", presentation="allowed")
        store.calls.put(replace(again, category="unknown", verdict="screen", treatment="ring", outcome="rang_out"))
    assert json.loads(quietline("check", "2125550100", "--json").out)["reason"] == "repeat_caller"
    assert json.loads(quietline("check", "2125550101", "--json").out)["reason"] == "unknown"


def test_check_tries_what_was_called_and_how_it_rings(quietline: Quietline) -> None:
    quietline("block", "add", "5550142", "--kind", "dialled", "--label", "Second number")
    quietline("permit", "add", "ring b", "--kind", "ring")
    to_second = ("check", "2125550100", "--dialled", "2125550142")
    said = quietline(*to_second)
    assert (
        first_words(said.out)
        == "(212) 555-0100: Blocked because the number that was called is on your block list (Second number)."
    )
    assert deciding_rule(quietline(*to_second, "--ring", "B").out) == "Permit list"
    assert deciding_rule(quietline(*to_second, "--ring", "A").out) == "Block list"
    assert deciding_rule(quietline("check", "2125550100", "--dialled", "2125550143").out) == rule_title("unknown")


def test_check_never_trusts_a_damaged_report(quietline: Quietline) -> None:
    quietline("policy", "set", "day", "no_caller_id", "ring")
    said = quietline("check", "--damaged")
    assert first_words(said.out) == (
        "A call whose Caller ID arrives damaged: Let through, although the Caller ID arrived damaged and tells nothing "
        "that can be trusted."
    )
    assert deciding_rule(said.out) == "Damaged Caller ID"
    assert quietline("check", "--damaged", "--dialled", "2125550142").code == 2


def test_check_says_when_the_mode_lets_everything_ring(quietline: Quietline) -> None:
    quietline("block", "add", "2125550199")
    quietline("settings", "set", "mode", "rehearsal")
    assert first_words(quietline("check", "2125550199").out).endswith("But the mode is rehearsal, so the phone rings.")


def test_check_knows_the_home_country_and_area(quietline: Quietline, tmp_path: Path) -> None:
    quietline("block", "add", "+442079460123")
    (tmp_path / "gb.toml").write_text('country = "GB"\narea_code = "20"')
    for number in ("020 7946 0123", "79460123", "00442079460123"):
        said = quietline("check", number, "--config", tmp_path / "gb.toml")
        assert deciding_rule(said.out) == "Block list", number


@pytest.fixture
def log(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "data") as store:
        trace = (TraceLine("block_list", "block", "blocked", "The number is on your block list."),)
        roof = CallRecord(
            "one", "main", AT, AT, 1, "2125550199", "+12125550199", "ROOF\x1b[2J SELLERS", "allowed", "US"
        )
        decided = replace(roof, category="blocked", verdict="block", reason="block_list", trace=trace, treatment="drop")
        store.calls.put(replace(decided, outcome="dropped"))
        store.calls.put(CallRecord("two", "main", AT, presentation="restricted", category="withheld", mode="rehearsal"))
    return tmp_path / "data"


def test_the_log_is_a_table_newest_first(quietline: Quietline, log: Path) -> None:
    lines = quietline("calls").out.splitlines()
    assert lines[0].split()[2:] == ["number", "withheld", "withheld", "going", "on", "(rehearsal)"]
    assert "(212) 555-0199" in lines[1]
    assert lines[1].split()[-2:] == ["blocked", "dropped"]


def test_the_log_tells_what_else_is_known_of_a_call(quietline: Quietline, tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        plain = CallRecord("one", "main", AT, AT, 1, "2125550199", "+12125550199", presentation="allowed")
        told = replace(plain, dialled="5550142", ring_pattern="B", forwarded_by="2125550111", call_type="ring_back")
        store.calls.put(replace(told, long_distance=True, dialable="2125550122", mode="off"))
        store.calls.put(CallRecord("two", "main", AT, AT, 1, damaged="It broke.", readable_number="2125550133"))
    damaged, more = quietline("calls").out.splitlines()
    assert more.endswith(
        "(off), to 5550142, ring B, passed on by (212) 555-0111, ring back, long distance, call back (212) 555-0122"
    )
    assert damaged.endswith("damaged caller ID, could be 2125550133")
    row = json.loads(quietline("calls", "--json").out)[1]
    assert (row["dialled"], row["ring_pattern"], row["forwarded_by"]) == ("5550142", "B", "2125550111")
    assert quietline("calls", "--search", "5550142").out == "No call found.\n"


def test_a_name_can_not_drive_the_terminal(quietline: Quietline, log: Path) -> None:
    assert "ROOF·[2J SELLERS" in quietline("calls").out


def test_the_log_is_json_with_the_trace(quietline: Quietline, log: Path) -> None:
    two, one = json.loads(quietline("calls", "--json").out)
    assert (two["uid"], one["uid"]) == ("two", "one")
    assert one["trace"][0]["saw"] == "The number is on your block list."
    assert datetime.fromisoformat(one["started_at"]) == AT


def test_the_log_can_be_searched_and_cut(quietline: Quietline, log: Path) -> None:
    assert len(quietline("calls", "--search", "roof").out.splitlines()) == 1
    assert len(quietline("calls", "--limit", 1).out.splitlines()) == 1
    assert quietline("calls", "--search", "nobody").out == "No call found.\n"


def test_more_calls_than_one_page_are_all_shown(quietline: Quietline, tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store, store.writing():
        for n in range(1_001):
            store.calls.put(CallRecord(str(n), "main", AT))
    assert len(json.loads(quietline("calls", "--json", "--limit", 5_000).out)) == 1_001


def replay(quietline: Quietline, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(quietline("replay", TRANSCRIPTS / f"{name}.log", "--json").out)
    return found


def test_a_replay_does_not_go_by_what_holds_only_now(quietline: Quietline) -> None:
    """`quietline expect 2h`, then `quietline replay LOG`."""
    assert quietline("expect", "2h").code == 0
    assert "expected_call" not in {call["reason"] for call in replay(quietline, "us-eight-calls-padded-names")}


def test_replay_tells_each_call_of_a_log_apart(quietline: Quietline) -> None:
    assert len(replay(quietline, "us-eight-calls-padded-names")) == 8
    assert len(replay(quietline, "two-calls-ten-seconds-apart")) == 2


def test_replay_without_times_tells_calls_apart_by_their_reports(quietline: Quietline, tmp_path: Path) -> None:
    log = tmp_path / "plain.log"
    log.write_bytes((TRANSCRIPTS / "us-eight-calls-padded-names.log").read_bytes())
    assert len(json.loads(quietline("replay", log, "--json").out)) == 8


def test_replay_decides_by_the_lists_of_today(quietline: Quietline) -> None:
    quietline("block", "add", "2025550171")
    first, second = replay(quietline, "two-calls-ten-seconds-apart")
    assert (first["category"], first["treatment"], second["today"]) == ("blocked", "drop", "ring")
    lines = quietline("replay", TRANSCRIPTS / "two-calls-ten-seconds-apart.log").out.splitlines()
    assert "(202) 555-0171 FIRST CALLER: Blocked because" in lines[0]


def test_replay_shows_calls_without_any_report(quietline: Quietline) -> None:
    (call,) = replay(quietline, "uk-usr5637-rings-only")
    assert (call["category"], call["rings"]) == ("no_caller_id", 3)


def test_replay_of_noise_finds_no_call(quietline: Quietline, tmp_path: Path) -> None:
    (tmp_path / "noise.log").write_bytes(bytes(range(256)) * 100)
    assert quietline("replay", tmp_path / "noise.log").out == "There is no call in this log.\n"


@pytest.mark.parametrize("log", sorted(TRANSCRIPTS.glob("*.log")), ids=lambda log: log.stem)
def test_replay_takes_every_captured_log(log: Path) -> None:
    from hardware.replay import read_log

    for call in calls_in(read_log(log), "US"):
        assert call.rings > 0 or call.report is not None or call.damaged is not None


def test_status_tells_a_line_that_is_gone_from_one_that_lives(quietline: Quietline, tmp_path: Path) -> None:
    assert quietline("status").out.endswith("line: has never run here\n")
    now = datetime.now(UTC)
    with Store.open(tmp_path / "data") as store:
        store.status.put(
            LineStatus("main", 1, now, now, "0", "idle", "ready", "A Modem", "/dev/x", True, faults=("Disk full.",))
        )
        store.status.put(LineStatus("office", 1, AT, datetime(2026, 1, 1, tzinfo=UTC), "0", "idle"))
    lines = quietline("status").out.splitlines()
    assert lines[-3:-1] == ["line main: idle, modem A Modem on /dev/x, caller ID on", "  Disk full."]
    assert lines[-1].startswith("line office: not running since 20")
    assert [line["line"] for line in json.loads(quietline("status", "--json").out)] == ["main", "office"]
