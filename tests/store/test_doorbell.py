"""The doorbell: heard when somebody is there, and no trouble when nobody is."""

import select
from pathlib import Path

import pytest

from appliance.errors import InvalidValue, StoreError
from appliance.store import Doorbell, ring


def heard(bell: Doorbell) -> bool:
    readable, _, _ = select.select([bell], [], [], 0)
    return bool(readable)


def test_a_bell_that_is_rung_is_heard_until_it_is_drained(tmp_path: Path) -> None:
    with Doorbell(tmp_path, "web") as bell:
        assert not heard(bell)
        assert ring(tmp_path, "web") == 1
        ring(tmp_path, "web")
        assert heard(bell)
        assert bell.drain()
        assert not heard(bell)
        assert not bell.drain()


def test_a_pattern_rings_those_it_means(tmp_path: Path) -> None:
    with (
        Doorbell(tmp_path, "line-main") as main,
        Doorbell(tmp_path, "line-attic") as attic,
        Doorbell(tmp_path, "web") as web,
    ):
        assert ring(tmp_path, "line-*") == 2
        assert (heard(main), heard(attic), heard(web)) == (True, True, False)


def test_ringing_where_nobody_is_does_nothing(tmp_path: Path) -> None:
    assert ring(tmp_path, "*") == 0
    assert ring(tmp_path / "nowhere", "*") == 0
    (tmp_path / "file.bell").write_text("not a socket")
    assert ring(tmp_path, "*") == 0


def test_a_bell_nobody_drains_never_makes_the_one_who_rings_wait(tmp_path: Path) -> None:
    with Doorbell(tmp_path, "web") as bell:
        for _ in range(2_000):
            ring(tmp_path, "web")
        assert bell.drain()
        assert not heard(bell)


def test_the_bell_of_a_killed_process_is_replaced(tmp_path: Path) -> None:
    killed = Doorbell(tmp_path, "web")
    with Doorbell(tmp_path, "web") as bell:
        assert ring(tmp_path, "web") == 1
        assert (heard(killed), heard(bell)) == (False, True)
        killed.close()
        assert ring(tmp_path, "web") == 1  # the newer bell still hangs
    assert list(tmp_path.iterdir()) == []


def test_a_path_longer_than_a_socket_address_serves(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 200) / ("y" * 200)
    folder.mkdir(parents=True)
    with Doorbell(folder, "web") as bell:
        assert ring(folder, "web") == 1
        assert heard(bell)


@pytest.mark.parametrize("name", ["", "../web", "a/b", "a\0b"])
def test_a_name_that_is_a_path_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match="plain file name"):
        Doorbell(tmp_path, name)


def test_a_bell_that_cannot_be_hung_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be made"):
        Doorbell(tmp_path / "nowhere", "web")
    (tmp_path / "web.bell").mkdir()
    with pytest.raises(StoreError, match="cannot be made"):
        Doorbell(tmp_path, "web")
