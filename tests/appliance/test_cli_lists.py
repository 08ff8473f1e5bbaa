import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.commands import imports, when
from appliance.commands.lists import guess_kind
from appliance.core.household import EntryKind
from tests.appliance.conftest import Quietline

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["(212) 555-0199"], "Blocked the number (212) 555-0199."),
        (["+44 20 7946 0123"], "Blocked the number +44 20 7946 0123."),
        (["2125550199", "--label", "Roof sellers"], "Blocked the number (212) 555-0199 (Roof sellers)."),
        (["+1646555017", "--kind", "prefix"], "Blocked every number that begins with +1646555017."),
        (["+1646555017?"], "Blocked every number that matches +1646555017?."),
        (["*SURVEY*"], "Blocked every caller whose name matches *SURVEY*."),
        (["SPAM?", "--kind", "name"], "Blocked every caller whose name matches SPAM?."),
        (["212-555-0142", "--kind", "dialled"], "Blocked every call to your number (212) 555-0142."),
        (["ring b", "--kind", "ring"], "Blocked every call that rings as B."),
    ],
)
def test_adding_says_in_one_sentence_what_was_understood(quietline: Quietline, words: list[str], sentence: str) -> None:
    said = quietline("block", "add", *words)
    assert (said.code, said.out, said.err) == (0, sentence + "\n", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2125550199", EntryKind.EXACT),
        ("1-800-FLOWERS", EntryKind.EXACT),
        ("1646555*", EntryKind.PATTERN),
        ("+1800FLOWER?", EntryKind.PATTERN),
        ("*", EntryKind.PATTERN),
        ("*survey*", EntryKind.NAME),
    ],
)
def test_the_kind_is_guessed_from_wildcards_and_letters(text: str, kind: EntryKind) -> None:
    assert guess_kind(text) is kind


def test_adding_again_changes_or_says_so(quietline: Quietline) -> None:
    quietline("block", "add", "2125550199")
    assert quietline("block", "add", "212-555-0199").out == "The block list already holds the number (212) 555-0199.\n"
    said = quietline("block", "add", "212-555-0199", "--label", "Roof sellers").out
    assert said == "Changed on the block list: the number (212) 555-0199 (Roof sellers).\n"


def test_a_block_that_a_permit_overrules_is_told(quietline: Quietline) -> None:
    quietline("permit", "add", "2125550199")
    assert "permit list, which wins" in quietline("block", "add", "2125550199").out


def test_permitting_says_permitted(quietline: Quietline) -> None:
    assert quietline("permit", "add", "2125550123").out == "Permitted the number (212) 555-0123.\n"


def test_a_contact_says_so_and_may_be_a_vip_and_have_hours(quietline: Quietline) -> None:
    said = quietline("contact", "add", "2125550123", "--label", "School", "--hours", "Mon-Fri 8-17", "--vip")
    assert said.out == (
        "Added to your contacts: the number (212) 555-0123 (School), only mon-fri 08:00-17:00, at any time.\n"
    )
    assert quietline("contact", "list").out.split()[-4:] == ["School", "VIP,", "mon-fri", "08:00-17:00"]
    (entry,) = json.loads(quietline("contact", "list", "--json").out)
    assert (entry["list"], entry["hours"], entry["vip"]) == ("contact", "mon-fri 08:00-17:00", True)
    assert quietline("contact", "remove", "2125550123").code == 0


def test_hours_nobody_can_read_and_a_vip_among_the_blocked_are_refused(quietline: Quietline) -> None:
    said = quietline("permit", "add", "2125550123", "--hours", "sometimes")
    assert (said.code, said.out) == (2, "")
    assert "write it such as" in said.err
    assert quietline("block", "add", "2125550123", "--vip").code == 2
    assert quietline("permit", "list").out == "The permit list is empty.\n"


def test_a_block_that_a_contact_overrules_is_told(quietline: Quietline) -> None:
    quietline("contact", "add", "2125550199")
    assert "contact list, which wins" in quietline("block", "add", "2125550199").out


def test_what_was_called_is_listed_exported_and_removed_like_any_entry(quietline: Quietline, tmp_path: Path) -> None:
    quietline("block", "add", "5550142", "--kind", "dialled", "--label", "Second number")
    quietline("block", "add", "B", "--kind", "ring")
    before = quietline("block", "list").out
    assert [line.split()[:2] for line in before.splitlines()] == [["ring", "B"], ["dialled", "5550142"]]
    quietline("block", "export", tmp_path / "out.csv")
    quietline("block", "import", tmp_path / "out.csv", data=tmp_path / "other")
    assert sorted(quietline("block", "list", data=tmp_path / "other").out.splitlines()) == sorted(before.splitlines())
    assert quietline("block", "remove", "5550142").out == (
        "Took off the block list: every call to your number 5550142 (Second number).\n"
    )
    assert quietline("block", "remove", "b").code == 0
    assert quietline("block", "add", "B flat", "--kind", "ring").code == 2


def test_removing_finds_the_entry_whatever_its_kind(quietline: Quietline) -> None:
    quietline("block", "add", "+1646555017", "--kind", "prefix")
    assert quietline("block", "remove", "+1646555017", "--kind", "name").code == 3
    assert quietline("block", "remove", "+1646555017").code == 0
    assert quietline("block", "list").out == "The block list is empty.\n"


def test_the_list_is_newest_first_and_can_be_searched_and_cut(quietline: Quietline) -> None:
    for number in ("2125550101", "2125550102", "2125550103"):
        quietline("permit", "add", number, "--label", f"Friend {number[-1]}")
    lines = quietline("permit", "list").out.splitlines()
    assert [line.split()[-1] for line in lines] == ["3", "2", "1"]
    assert quietline("permit", "list", "--limit", 2).out.splitlines() == lines[:2]
    assert quietline("permit", "list", "--search", "friend 2").out.splitlines() == lines[1:2]
    assert quietline("permit", "list", "--search", "nobody").out == "Nothing found on the permit list.\n"


def test_the_list_is_json_that_programs_read(quietline: Quietline) -> None:
    assert json.loads(quietline("block", "list", "--json").out) == []
    quietline("block", "add", "2125550199", "--note", "rang at night", "--expires", "30d")
    (entry,) = json.loads(quietline("block", "list", "--json").out)
    assert (entry["value"], entry["kind"], entry["note"]) == ("+12125550199", "exact", "rang at night")
    assert datetime.fromisoformat(entry["expires_at"]) > datetime.now(UTC) + timedelta(days=29)


def test_more_entries_than_one_page_are_all_listed(quietline: Quietline, tmp_path: Path) -> None:
    rows = "\n".join(f"+1212555{n:04}" for n in range(1_001))
    (tmp_path / "many.csv").write_text("number\n" + rows)
    quietline("block", "import", tmp_path / "many.csv")
    assert len(quietline("block", "list").out.splitlines()) == 1_001
    assert len(json.loads(quietline("block", "list", "--json", "--limit", 700).out)) == 700


def test_an_import_tells_what_it_left_out(quietline: Quietline, tmp_path: Path) -> None:
    bad = "\n".join(f"nonsense {n}" for n in range(25))
    (tmp_path / "list.csv").write_text(f"number,name\n212-555-0101,A\n(212) 555-0102,B\n{bad}\n")
    said = quietline("block", "import", tmp_path / "list.csv")
    assert said.code == 0
    assert said.out == "Into the block list: 2 added, 0 changed, 0 there already, 25 left out.\n"
    errors = said.err.splitlines()
    assert errors[0].startswith("line 4: 'nonsense 0' left out: ")
    assert len(errors) == 21
    assert errors[-1] == "... and 5 more rows left out."


def test_an_import_of_something_else_is_refused_whole(quietline: Quietline, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam,\n2125550101\n")
    said = quietline("block", "import", tmp_path / "letter.txt")
    assert said.code == 2
    assert "number" in said.err
    assert quietline("block", "list").out == "The block list is empty.\n"


def test_what_is_exported_is_imported_again(quietline: Quietline, tmp_path: Path) -> None:
    quietline("block", "add", "2125550199", "--label", "=Roof, sellers")
    quietline("block", "add", "*SURVEY*")
    assert (
        quietline("block", "export", tmp_path / "out.csv").out
        == f"Wrote 2 entries of the block list to {tmp_path}/out.csv.\n"
    )
    before = quietline("block", "list").out
    other = quietline("block", "import", tmp_path / "out.csv", data=tmp_path / "other")
    assert "2 added" in other.out
    assert sorted(quietline("block", "list", data=tmp_path / "other").out.splitlines()) == sorted(before.splitlines())


def test_a_label_that_drives_the_terminal_is_made_harmless(quietline: Quietline) -> None:
    quietline("block", "add", "2125550199", "--label", "\x1b[2J\u202eevil")
    out = quietline("block", "list").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "·[2J·evil" in out


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("30d", NOW + timedelta(days=30)),
        ("12h", NOW + timedelta(hours=12)),
        ("2W", NOW + timedelta(weeks=2)),
        ("999999w", NOW + when.LONGEST),
    ],
)
def test_an_expiry_may_be_a_span(text: str, ends: datetime) -> None:
    assert when.expiry(text, NOW) == ends


def test_the_whole_last_day_still_counts() -> None:
    ends = when.expiry("2026-12-31", NOW).astimezone()
    assert (ends.year, ends.month, ends.day, ends.hour) == (2027, 1, 1, 0)


def test_a_long_import_shows_that_it_goes_on(
    quietline: Quietline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "PROGRESS_STEP", 20_000)
    rows = "\n".join(f"+1212{2_000_000 + n}" for n in range(45_000))
    (tmp_path / "long.csv").write_text("number\n" + rows)
    assert quietline("block", "import", tmp_path / "long.csv").err == "20,000 rows read ...\n40,000 rows read ...\n"
