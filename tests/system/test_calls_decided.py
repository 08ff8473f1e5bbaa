"""Who is dropped and who rings: the real process, a telephone line on a pseudo-terminal, real ringing times."""

from pathlib import Path

import pytest

from appliance.core.household import EntryKind
from appliance.core.screening import RULES
from hardware.simulator import Call
from tests.system.house import House
from tests.system.scene import Scene, held_for

SELLER = "2125550123"
FRIEND = "2125550199"


def test_a_listed_caller_is_dropped_after_the_first_ring(tmp_path: Path) -> None:
    with Scene(tmp_path, prepare=lambda house: house.block("+12125550123", label="Roof sellers")) as scene:
        call = scene.sim.call(number=SELLER, name="ROOF SELLERS")
        assert call.wait(10) == "dropped"
        assert call.rings == 1
        assert 2.0 <= held_for(call) < 4.0  # British exchanges need 2 s to clear a call
        assert not scene.sim.line.off_hook
        row = scene.row_of(call)
        assert (row.outcome, row.treatment, row.verdict, row.category) == ("dropped", "drop", "block", "blocked")
        assert (row.reason, row.shown, row.number, row.name) == (
            "block_list", SELLER, "+12125550123", "ROOF SELLERS",
        )  # fmt: skip  # one row
        assert (row.presentation, row.region, row.rings, row.mode) == ("allowed", "US", 1, "on")
        assert row.ended_at is not None
        assert row.ended_at > row.started_at
        assert [line.rule for line in row.trace] == [rule.name for rule in RULES]
        said = [(line.rule, line.verdict) for line in row.trace if line.verdict]
        assert said == [("block_list", "block"), ("unknown", "screen")]
        assert scene.seizures == 1


@pytest.mark.parametrize(
    ("number", "category"), [(FRIEND, "permitted"), ("6465550177", "unknown")], ids=["permitted", "unknown"]
)
def test_a_wanted_or_unknown_caller_rings_through(tmp_path: Path, number: str, category: str) -> None:
    def lists(house: House) -> None:
        house.permit("+12125550199", label="Grandma")
        house.block("+12125550123")

    with Scene(tmp_path, prepare=lists) as scene:
        call = scene.sim.call(number=number, name="JORDAN AVERY", rings=2)
        row = scene.row_of(call)
        assert call.outcome == "gave_up"
        assert call.rings == 2
        assert (row.outcome, row.treatment, row.category, row.rings) == ("rang_out", "ring", category, 2)
        assert scene.seizures == 0


def test_permit_beats_block_and_the_row_says_so(tmp_path: Path) -> None:
    def lists(house: House) -> None:
        house.block("+1212555", EntryKind.PREFIX, label="Their exchange")
        house.block("+12125550199")
        house.permit("+1212555019*", EntryKind.PATTERN, label="The clinic")

    with Scene(tmp_path, prepare=lists) as scene:
        call = scene.sim.call(number=FRIEND, name="CLINIC", rings=1)
        row = scene.row_of(call)
        assert (call.outcome, row.outcome, row.reason) == ("gave_up", "rang_out", "permit_list")
        said = [(line.rule, line.verdict) for line in row.trace if line.verdict]
        assert said[:2] == [("permit_list", "allow"), ("block_list", "block")]  # both speak, the first one counts
        assert scene.seizures == 0


@pytest.mark.parametrize(
    ("kind", "value"),
    [(EntryKind.PREFIX, "+1212555"), (EntryKind.PATTERN, "+1???5550123"), (EntryKind.NAME, "ROOF*")],
    ids=["prefix", "pattern", "name"],
)
def test_a_caller_is_dropped_by_any_kind_of_entry(tmp_path: Path, kind: EntryKind, value: str) -> None:
    with Scene(tmp_path, prepare=lambda house: house.block(value, kind)) as scene:
        call = scene.sim.call(number=SELLER, name="Roof Sellers")
        assert call.wait(10) == "dropped"
        assert call.rings == 1
        row = scene.row_when(lambda row: row.reason, "the decision is in the row")
        assert (row.reason, row.category, row.treatment) == ("block_list", "blocked", "drop")


def _ring(scene: Scene, kind: str) -> Call:
    match kind:
        case "withheld":
            return scene.sim.call(absence="private", rings=1)
        case "unavailable":
            return scene.sim.call(absence="unavailable", rings=1)
        case "impossible":
            return scene.sim.call(number="00000000000", rings=1)
        case _:
            return scene.sim.call(rings=2)  # the second ring says that no report comes


CATEGORIES = ["withheld", "unavailable", "no_caller_id", "impossible"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_caller_without_a_usable_number_rings_as_long_as_nobody_says_otherwise(tmp_path: Path, category: str) -> None:
    with Scene(tmp_path, country="GB") as scene:
        call = _ring(scene, category)
        row = scene.row_of(call)
        assert call.outcome == "gave_up"
        assert (row.outcome, row.treatment, row.category) == ("rang_out", "ring", category)
        assert scene.seizures == 0


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_caller_without_a_usable_number_is_dropped_where_the_household_wants_it(
    tmp_path: Path, category: str
) -> None:
    with Scene(tmp_path, country="GB", prepare=lambda house: house.set(f"treatment.day.{category}", "drop")) as scene:
        call = _ring(scene, category)
        assert call.wait(10) == "dropped"
        assert held_for(call) >= 2.0
        row = scene.row_of(call)
        assert (row.outcome, row.treatment, row.category, row.reason) == ("dropped", "drop", category, category)
        assert row.number is None or category == "impossible"


def test_a_british_caller_is_known_before_the_bell_and_dropped_at_the_first_ring(tmp_path: Path) -> None:
    with Scene(tmp_path, country="GB", prepare=lambda house: house.block("+442079460123")) as scene:
        call = scene.sim.call(number="02079460123", name="ROOF SELLERS")
        assert call.wait(10) == "dropped"
        assert call.rings == 1
        assert call.first_ring_at is not None
        assert call.off_hook_at is not None
        assert call.off_hook_at >= call.first_ring_at  # a report without a ring may be call waiting: never touched
        row = scene.row_of(call)
        assert (row.number, row.outcome, row.rings) == ("+442079460123", "dropped", 1)
