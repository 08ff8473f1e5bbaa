"""Doing what a press of Block or Allow means: the list change, the lamp, the event on the page, and taking it back.

What it means is decided in core/presses.py. Lists are written by an errand, so nothing here waits for the disk; the
lamp answers at once, and again if the disk refuses.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from appliance import press_words
from appliance.core.caller import Presentation, display
from appliance.core.household import ListName
from appliance.core.presses import PERMIT_NEXT_S, AllowPress, Before, BlockPress, allow_means, block_means
from appliance.core.screening import screen
from appliance.errands import Errands
from appliance.household_view import HouseholdView
from appliance.live_call import LiveCall
from appliance.store import Change, EventRow, Store
from hardware.events import Button
from hardware.panel import Signal

T = TypeVar("T")

_WHY_NO_NUMBER = {
    Presentation.RESTRICTED: "the caller withheld the number",
    Presentation.UNAVAILABLE: "the network did not know the number",
    Presentation.NONE: "no Caller ID came with the call",
    Presentation.ALLOWED: "what came as the number is not a number",
}
_WHY_DAMAGED = "its Caller ID arrived damaged and cannot be trusted"


@dataclass
class _Last:
    """The last press of a button that changed a list, until it is undone."""

    live: LiveCall
    at: float
    change: Change | None = None  # None until the errand is back
    undo_wanted: bool = False


class Presses:
    """Owned by the line's loop. `drop` asks a call to be dropped, `changed` says that the lists have changed."""

    def __init__(
        self,
        *,
        errands: Errands,
        view: HouseholdView,
        tell: Callable[[Signal], None],
        note: Callable[[EventRow], None],
        drop: Callable[[LiveCall], None],
        changed: Callable[[], None],
        fault: Callable[[str], None],
    ) -> None:
        self._errands, self._view = errands, view
        self._tell, self._note, self._drop, self._changed, self._fault = tell, note, drop, changed, fault
        self._last: dict[Button, _Last] = {}

    def pressed(self, button: Button, live: LiveCall | None, who: str, now: float) -> None:
        """Do what the button means for the newest call (None: nobody has called)."""
        last = self._last.get(button)
        before = Before(last.live.uid, now - last.at) if last else None
        target = live.target(now) if live else None
        if button is Button.BLOCK:
            self._block(block_means(target, before), live, who, now)
        else:
            armed = self._view.permit_next_armed()
            self._allow(allow_means(target, before, armed=armed), live, who, now)

    # Block

    def _block(self, means: BlockPress, live: LiveCall | None, who: str, now: float) -> None:
        if means is BlockPress.UNDO:
            self._undo(Button.BLOCK, who)
        elif live is None or means is BlockPress.NOTHING:
            self._tell(Signal.NOTHING_TO_BLOCK)
            self._say("Block was pressed, but nobody has called in the last ten minutes.", who)
        elif means is BlockPress.WHEN_KNOWN:
            self._tell(Signal.BLOCK_DONE)
            live.when_known = partial(self.pressed, Button.BLOCK, live, who, now)
            self._say("Block was pressed before the caller's number came; it will be blocked when it does.", who, live)
        elif means is BlockPress.CANNOT:
            self._drop(live)
            self._tell(Signal.CANNOT_BLOCK_WITHHELD)  # last: it must not go under in the lamp's "dropping"
            why = _WHY_DAMAGED if live.caller.damaged else _WHY_NO_NUMBER[live.caller.presentation]
            self._say(f"This caller cannot be blocked by number, because {why}. What happens to all such calls is "
                      "chosen under “Who gets through”.", who, live)  # fmt: skip  # one sentence
        else:
            self._drop(live)
            self._tell(Signal.BLOCK_DONE)
            self._list(Button.BLOCK, ListName.BLOCK, live, who, now)

    # Allow

    def _allow(self, means: AllowPress, live: LiveCall | None, who: str, now: float) -> None:
        if means is AllowPress.UNDO:
            self._undo(Button.ALLOW, who)
        elif means is AllowPress.PERMIT and live is not None:
            self._tell(Signal.PERMIT_DONE)
            self._list(Button.ALLOW, ListName.PERMIT, live, who, now)
        elif means is AllowPress.WHEN_KNOWN and live is not None:
            self._tell(Signal.PERMIT_DONE)
            live.when_known = partial(self.pressed, Button.ALLOW, live, who, now)
            self._say(
                "Allow was pressed before the caller's number came; it will be permitted when it does.", who, live
            )
        elif means is AllowPress.DISARM:
            self._tell(Signal.PERMIT_NEXT_DISARMED)
            self._set_permit_next("", who)
        else:
            self._tell(Signal.PERMIT_NEXT_ARMED)
            until = self._view.now() + timedelta(seconds=PERMIT_NEXT_S)
            self._set_permit_next(until.isoformat(timespec="seconds"), who)

    def use_permit_next(self, live: LiveCall) -> None:
        """The armed permit has had its call: no other call shall use it, and the store shall know."""
        self._view.use_permit_next()
        self._tell(Signal.PERMIT_NEXT_DISARMED)
        self._say("The call that was let through by “permit the next call” has come.", "line", live)
        self._send(
            lambda store: store.settings.set("permit_next_until", "", by="line", now=datetime.now(UTC)), lambda _: None
        )

    # What both share

    def _list(self, button: Button, name: ListName, live: LiveCall, who: str, now: float) -> None:
        caller = live.caller
        last = self._last[button] = _Last(live, now)

        def work(store: Store) -> Change:
            change = store.lists.block_caller if name is ListName.BLOCK else store.lists.permit_caller
            return change(
                caller.keys[0], by=who, now=datetime.now(UTC), call_uid=live.uid, label=caller.name or "",
                spellings=caller.keys[1:],
            )  # fmt: skip  # one call

        self._send(work, partial(self._listed, button, name, last, who))

    def _listed(self, button: Button, name: ListName, last: _Last, who: str, change: Change) -> None:
        self._take_over()
        last.change = change
        caller, live = last.live.caller, last.live
        number = display(caller.number or caller.keys[0], self._view.household.country)
        # What holds for this moment or for one call says nothing of what the press has changed.
        household = replace(self._view.household, permit_next_until=None, expecting_until=None)
        decision = screen(caller, household, self._view.now())
        self._say(press_words.pressed(name, number, change, decision), who, live)
        if name is ListName.BLOCK and (why := press_words.stays(number, decision)) is not None:
            self._tell(Signal.STAYS_PERMITTED)
            self._say(why, who, live)
        if last.undo_wanted:
            self._undo(button, who)

    def _undo(self, button: Button, who: str) -> None:
        last = self._last[button]
        if last.change is None:
            last.undo_wanted = True
            return
        del self._last[button]
        self._tell(Signal.UNDONE)
        change_id = last.change.id
        if change_id == 0:
            self._say("Nothing was undone: the list had been like this before.", who, last.live)
            return
        name = last.change.list.value
        text = f"{button.value.capitalize()} was pressed again: the last change of the {name} list is undone."
        self._send(
            lambda store: store.lists.undo(change_id, datetime.now(UTC), who),
            lambda _: self._stored(text, who, last.live),
        )

    def _set_permit_next(self, until: str, who: str) -> None:
        text = (
            "The next call will be let through, whoever it is; this lasts half an hour."
            if until
            else "“Permit the next call” was switched off."
        )
        self._send(
            lambda store: store.settings.set("permit_next_until", until, by=who, now=datetime.now(UTC)),
            lambda _: self._stored(text, who),
        )

    def _send(self, work: Callable[[Store], T], done: Callable[[T], object]) -> None:
        self._errands.send(work, done, self._fault)

    def _stored(self, text: str, who: str, live: LiveCall | None = None) -> None:
        self._take_over()
        self._say(text, who, live)

    def _take_over(self) -> None:
        self._view.refresh()
        self._changed()

    def _say(self, text: str, who: str, live: LiveCall | None = None) -> None:
        self._note(EventRow("button", datetime.now(UTC), text, who=who, call_uid=live.uid if live else None))
