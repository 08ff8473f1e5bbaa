"""Status: one row per line, the last word counts."""

from dataclasses import replace

from appliance.store import Store
from tests.store.rows import later, status


def test_each_line_has_one_row_that_each_heartbeat_replaces(store: Store) -> None:
    store.status.put(status("main"))
    store.status.put(status("attic"))
    ringing = replace(
        status("main", state="ringing"),
        caller_id=True,
        modem="ready",
        modem_name="USR5637\0",
        last_ring_at=later(seconds=1),
        last_report_at=later(seconds=2),
        faults=(),
        message_waiting=True,
        profile="USR5637",
        firmware="V1.2.10",
        country_code="B5",
        concerns=("old_firmware", "no_voice"),
        voice=False,
        rings_without_caller_id=3,
    )
    store.status.put(ringing)
    assert store.status.all() == [status("attic"), replace(ringing, modem_name="USR5637\ufffd")]


def test_a_heartbeat_does_not_make_the_line_read_the_lists_again(store: Store) -> None:
    version = store.household_version()
    store.status.put(status())
    assert store.household_version() == version


def test_a_line_that_is_no_more_can_be_forgotten(store: Store) -> None:
    store.status.put(status())
    store.status.forget("main")
    assert store.status.all() == []
