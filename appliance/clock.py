"""What is known of the time when the clock may not be set: a Raspberry Pi has none that runs without power.

After a start without the internet its clock tells the time of the last shutdown, or 1970. Nothing that was written down
can lie in the future, so the newest moment in the store is a floor under the clock. No rule may enter; nothing is set.
"""

import os
from datetime import datetime

from appliance.store import Store

SYNCHRONISED = "/run/systemd/timesync/synchronized"
"""systemd-timesyncd makes this file when a time server has set the clock since the machine was started. The line may
look at it without a network; asking the kernel itself is forbidden to it (ProtectClock)."""

NEWEST_ROWS = 20
"""So many of the newest calls and events are asked for their times. More than one, for the first rows after a start
without a clock tell a time long past; few, so that the rows of a clock that was once years ahead are soon outnumbered,
and it does not hold for ever that the present is over."""


def synchronised(marker: str = SYNCHRONISED) -> bool:
    """Whether a time server has surely set this machine's clock. False where nobody says so."""
    return os.path.exists(marker)  # noqa: PTH110  # Path.exists raises where a folder may not be looked into


def newest_seen(store: Store) -> datetime | None:
    """The newest time that the store has seen, None when it is new. By arrival, never by the clock. Raises StoreError.

    The lines' heartbeats, the newest calls and events. Settings and entries have times as well, but keep them for
    years: one that was changed by a clock far ahead would be believed until then.
    """
    calls = store.calls.page(limit=NEWEST_ROWS).rows
    return max(
        (
            *(status.heartbeat_at for status in store.status.all()),
            *(call.ended_at or call.started_at for call in calls),
            *(event.at for event in store.events.page(limit=NEWEST_ROWS).rows),
        ),
        default=None,
    )
