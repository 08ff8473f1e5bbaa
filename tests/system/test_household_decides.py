"""What a household has set up decides in the real line process: one house, one caller after the other.

Each call shows another number, so the next one may begin while the line still listens for more of the one before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from appliance.core.household import EntryKind, ListName
from appliance.store import CallRecord, Store
from appliance.store.reports_import import import_reports
from hardware.simulator import Call
from tests.system.house import House, eventually
from tests.system.scene import Scene

AUNT, HER_DESK = "0199001200", "0199001234"
REPORTED, SALES, INSISTENT, PINGS = "0261911234", "0162001234", "0353011234", "0465711234"
EXPECTED, AT_NIGHT, RINGING, SALES_TOO = "0536491234", "0639981234", "0536495678", "0162009876"
PREMIUM = "0899001234"
HASTE = 4.0
"""The bell and the report come so much sooner; how long a call is held and listened to is as in life."""


def abroad(number: str) -> str:
    return f"+33{number[1:]}"


def move_in(house: House) -> None:
    """Contacts, reported numbers, and calls that came before the process was started."""
    now = datetime.now(UTC)
    with house.store() as store:
        store.lists.add(ListName.CONTACT, EntryKind.EXACT, abroad(AUNT), label="Aunt Vera", source="page", now=now)
        came(store, INSISTENT, now - timedelta(minutes=10), rings=6)
        for hours in (1, 2):
            came(store, PINGS, now - timedelta(hours=hours), rings=1)
    file = house.folder / "reports.csv"
    file.write_text(f"number,score,count,last_date\n{abroad(REPORTED)},90,40,{now:%Y-%m-%d}\n")
    import_reports(house.data, file, country="FR", now=now)


def came(store: Store, number: str, at: datetime, *, rings: int) -> None:
    store.calls.put(
        CallRecord(
            f"before-{number}-{rings}-{at}", "main", at, at, rings=rings, shown=number, number=abroad(number),
            presentation="allowed", category="unknown", verdict="screen", outcome="rang_out",
        )
    )  # fmt: skip  # one row


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("home")
    with Scene(folder, country="FR", prepare=move_in, speed=HASTE) as scene:
        yield scene


@contextmanager
def rung(scene: Scene, number: str, name: str = "BRIAR QUINN") -> Iterator[tuple[Call, CallRecord]]:
    """A call, and its row as soon as it is decided on all that came; the caller hangs up at the end."""
    call = scene.sim.call(number=number, name=name)
    try:
        row = scene.row_when(lambda row: row.shown == number and row.reason and row.name == name, f"{number} decided")
        yield call, row
    finally:
        call.hang_up()


@pytest.mark.parametrize(
    ("number", "category", "wanted", "treatment", "reason"),
    [
        (AUNT, "contact", "ring", "ring", "contacts"),
        (HER_DESK, "near_contact", "ring", "ring", "near_contact"),
        (REPORTED, "reported", "challenge", "ring", "reported"),
        (SALES, "telemarketing", "drop", "drop", "telemarketing"),
        (INSISTENT, "repeat", "ring", "ring", "repeat_caller"),
        (PINGS, "ping", "challenge", "ring", "ping_caller"),
        (PREMIUM, "premium", "challenge", "ring", "premium"),
    ],
)
def test_a_caller_is_what_the_household_knows_of_him(
    scene: Scene, number: str, category: str, wanted: str, treatment: str, reason: str
) -> None:
    before = scene.seizures
    with rung(scene, number) as (call, row):
        assert call.wait(10) == "dropped" if treatment == "drop" else not call.over
    assert scene.seizures - before == (treatment == "drop")
    assert (row.category, row.reason, row.wanted, row.treatment) == (category, reason, wanted, treatment)
    assert row.profile == "day"
    assert next(line.verdict for line in row.trace if line.rule == reason) is not None


def test_who_waits_for_a_call_hears_strangers_as_expected(scene: Scene) -> None:
    scene.house.set("expecting_until", (datetime.now(UTC) + timedelta(hours=1)).isoformat())
    with rung(scene, EXPECTED) as (_, row):
        scene.house.set("expecting_until", "")
    assert (row.category, row.reason, row.verdict, row.treatment) == ("expected", "expected_call", "allow", "ring")


def test_the_night_has_its_own_treatments(scene: Scene) -> None:
    scene.house.set("treatment.night.unknown", "drop")
    scene.house.set("profile_until", f"night {datetime.now(UTC) + timedelta(hours=2):%Y-%m-%dT%H:%M}+00:00")
    with rung(scene, AT_NIGHT) as (call, row):
        assert call.wait(10) == "dropped"
    scene.house.set("profile_until", "")
    assert (row.category, row.profile, row.wanted, row.treatment) == ("unknown", "night", "drop", "drop")


def test_a_rule_that_is_switched_off_says_so_and_decides_nothing(scene: Scene) -> None:
    scene.house.set("rule.telemarketing", "off")
    with rung(scene, SALES_TOO) as (call, row):
        assert not call.over
    scene.house.set("rule.telemarketing", "")
    assert (row.category, row.treatment) == ("unknown", "ring")
    assert "switched" in next(line.saw for line in row.trace if line.rule == "telemarketing")


def test_a_change_of_policy_leaves_a_ringing_call_alone_and_a_list_drops_it(scene: Scene) -> None:
    with rung(scene, RINGING) as (call, row):
        assert (row.category, row.treatment, row.profile) == ("unknown", "ring", "day")
        scene.house.set("treatment.day.unknown", "drop")
        rings = call.rings
        eventually(lambda: call.rings >= rings + 1, 10, "it rings on")
        scene.house.set("treatment.day.unknown", "")
        scene.house.block(abroad(RINGING))
        assert call.wait(10) == "dropped"
    dropped = scene.row_when(lambda row: row.outcome, "the row tells of the drop")
    assert (dropped.category, dropped.treatment, dropped.reason) == ("blocked", "drop", "block_list")
