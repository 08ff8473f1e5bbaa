"""The zone of the wall clock: named, or the machine's own, and never a reason to fail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.store.time_zone import LOCALTIME, machine_zone, zone_key, zone_of

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
ZONES = Path("/usr/share/zoneinfo")


def test_the_machines_zone_is_what_its_environment_says(tmp_path: Path) -> None:
    assert str(machine_zone("Asia/Tokyo", tmp_path)) == "Asia/Tokyo"
    assert str(machine_zone(":Europe/Madrid", tmp_path)) == "Europe/Madrid"


@pytest.mark.parametrize("told", ["", "Nowhere/Atall", "../../etc/passwd", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_else_it_is_the_link_of_the_system(tmp_path: Path, told: str) -> None:
    link = tmp_path / "localtime"
    link.symlink_to(ZONES / "Europe" / "Madrid")
    assert str(machine_zone(told, link)) == "Europe/Madrid"


def test_a_copy_in_place_of_a_link_is_read(tmp_path: Path) -> None:
    copy = tmp_path / "localtime"
    copy.write_bytes((ZONES / "Europe" / "Madrid").read_bytes())
    assert SUMMER.astimezone(machine_zone("", copy)).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("junk", [None, b"", b"TZif", b"no zone at all" * 50])
def test_where_nothing_can_be_read_it_is_utc(tmp_path: Path, junk: bytes | None) -> None:
    if junk is not None:
        (tmp_path / "localtime").write_bytes(junk)
    assert machine_zone("", tmp_path / "localtime") is UTC


def test_a_name_that_is_not_known_any_more_is_the_machines_zone() -> None:
    assert zone_of("Mars/Olympus") == zone_of("") == machine_zone(None, LOCALTIME)
    assert zone_of("Asia/Tokyo") == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "Europe", "/etc/localtime", "\0", "\ud800", "é/ü", "Europe/../Asia/Tokyo"]
)
def test_what_is_no_zone_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"write it such as Europe/Amsterdam\."):
        zone_key(text)
