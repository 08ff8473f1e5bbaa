"""The calls before a call, from the log, as a line that has just started would know them: for `check` and the page."""

from datetime import datetime

from appliance.core.history import KEPT, KEPT_CALLS, History
from appliance.judging import past_call_of
from appliance.store import Store


def calls_before(store: Store, at: datetime) -> History:
    """The history that a call at that time (aware) would find, without calls that still go on. Raises StoreError."""
    history = History()
    for record in store.calls.between(at - KEPT, at, newest=KEPT_CALLS):
        if record.outcome is not None:
            history.add(past_call_of(record))
    return history
