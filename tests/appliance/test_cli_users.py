"""Root at the shell, services of another user: who may do what. Only root can act as two users, so others skip this."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance.commands.base import Exit
from tests.appliance.conftest import Quietline

NOBODY = 65534

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as two users")


def test_what_root_makes_belongs_to_the_owner_of_the_folder(quietline: Quietline, tmp_path: Path) -> None:
    # `sudo quietline block add` on a fresh appliance must not leave a store that the services cannot write.
    data = tmp_path / "data"
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)
    assert quietline("block", "add", "2125550199").code == 0
    assert {file.name: file.stat().st_uid for file in data.iterdir()} == {
        "quietline.db": NOBODY,
        "quietline.lock": NOBODY,
    }


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Become another user; the test's user is back afterwards."""
    groups, group, user = os.getgroups(), os.getegid(), os.geteuid()

    def become() -> None:
        os.setgroups([])
        os.setegid(NOBODY)
        os.seteuid(NOBODY)

    yield become
    os.seteuid(user)
    os.setegid(group)
    os.setgroups(groups)


def test_a_store_of_somebody_else_is_one_line(
    quietline: Quietline, tmp_path: Path, as_nobody: Callable[[], None]
) -> None:
    quietline("block", "add", "2125550199")
    data = tmp_path / "data"
    quietline("doctor")  # Python itself may be out of the other user's reach: everything is imported now
    data.chmod(0o750)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    as_nobody()
    said = quietline("block", "add", "2125550198")
    assert said.code == Exit.UNUSABLE
    assert said.err == f"quietline: This user may not use the store in {data}; try it with sudo.\n"
    said = quietline("doctor")
    assert said.code == Exit.FAILED
    assert f"PROBLEM  store: This user may not use the store in {data}." in said.out
