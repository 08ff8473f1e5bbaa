"""The telephone line as state: who is off-hook, who calls, how each call ends. No bytes, thread or clock may enter."""

import threading
from collections.abc import Callable
from enum import Enum

from hardware.simulator.script import Script

FINAL = ("dropped", "gave_up", "taken")
# Bytes kept of what a caller hears: a quarter of an hour at 8000 a second.
HEARD_LIMIT = 8 * 1024 * 1024


class Call:
    """One caller, from the first ring to the end. Times are seconds of the simulator's clock, None until it happened.

    `outcome`: "ringing", "answered" (the modem holds the line), then one of "dropped" (the modem let go of it),
    "gave_up" (the caller hung up, or found the line engaged) and "taken" (a handset was lifted); these three are final.
    `rings` counts rings, not RING lines. `seizures` counts how often the modem went off-hook during the call.
    `number_sending_at` and `number_sent_at` are just before and just after the write of the bytes that end the number's
    line: a program may read them before the simulator gets to look at the clock again, so who measures a program's
    answer uses the first. `off_hook_at` is just after the read of the byte that ends the off-hook command (the first of
    them), `on_hook_at` the same for on-hook (the last).
    """

    def __init__(self, script: Script, hang_up: Callable[["Call"], None]) -> None:
        self.script = script
        self.outcome = "ringing"
        self.rings = 0
        self.seizures = 0
        self.started_at: float | None = None
        self.first_ring_at: float | None = None
        self.number_sending_at: float | None = None
        self.number_sent_at: float | None = None
        self.report_sent_at: float | None = None
        self.off_hook_at: float | None = None
        self.on_hook_at: float | None = None
        self.ended_at: float | None = None
        self._heard = bytearray()
        self._hang_up = hang_up
        self._changed = threading.Condition()

    @property
    def heard(self) -> bytes:
        """What the modem has played to this caller, as the samples it was given. From any thread."""
        return bytes(self._heard)

    def hear(self, samples: bytes) -> None:
        """Keep what the modem plays. For the simulator's thread."""
        if len(self._heard) < HEARD_LIMIT:
            self._heard += samples

    def hang_up(self) -> None:
        """The caller hangs up. Does nothing once the call is over."""
        self._hang_up(self)

    def wait(self, timeout: float, *, until: tuple[str, ...] = FINAL) -> str:
        """Wait up to `timeout` real seconds for one of the outcomes `until`; the outcome as it then is."""
        with self._changed:
            self._changed.wait_for(lambda: self.outcome in until, timeout)
            return self.outcome

    @property
    def over(self) -> bool:
        """Whether the outcome is final."""
        return self.outcome in FINAL

    def settle(self, outcome: str) -> None:
        """Record an outcome; a final one stays."""
        with self._changed:
            if not self.over:
                self.outcome = outcome
            self._changed.notify_all()


class Wire(Enum):
    """What the line is doing."""

    QUIET = "quiet"
    RINGING = "ringing"
    HELD = "held by the modem"
    TAKEN = "taken by a handset"
    SHARED = "held by the modem and a handset"


class Act(Enum):
    """What anyone can do to the line."""

    CALLER_RINGS = "a caller rings"
    CALLER_LEAVES = "the caller hangs up"
    MODEM_SEIZES = "the modem goes off-hook"
    MODEM_RELEASES = "the modem goes on-hook"
    HANDSET_LIFTED = "a handset is lifted"
    HANDSET_REPLACED = "the handset is put back"


# (state, act) -> (next state, outcome of the call or None when it stays as it is).
# While a handset is up or the modem is off-hook on a quiet line, a caller finds it engaged: see TelephoneLine.act.
LINE: dict[tuple[Wire, Act], tuple[Wire, str | None]] = {
    (Wire.QUIET, Act.CALLER_RINGS): (Wire.RINGING, None),
    (Wire.QUIET, Act.CALLER_LEAVES): (Wire.QUIET, None),
    (Wire.QUIET, Act.MODEM_SEIZES): (Wire.QUIET, None),
    (Wire.QUIET, Act.MODEM_RELEASES): (Wire.QUIET, None),
    (Wire.QUIET, Act.HANDSET_LIFTED): (Wire.QUIET, None),
    (Wire.QUIET, Act.HANDSET_REPLACED): (Wire.QUIET, None),
    (Wire.RINGING, Act.CALLER_RINGS): (Wire.RINGING, None),
    (Wire.RINGING, Act.CALLER_LEAVES): (Wire.QUIET, "gave_up"),
    (Wire.RINGING, Act.MODEM_SEIZES): (Wire.HELD, "answered"),
    (Wire.RINGING, Act.MODEM_RELEASES): (Wire.RINGING, None),  # a real modem does nothing on H0 while it rings
    (Wire.RINGING, Act.HANDSET_LIFTED): (Wire.TAKEN, "taken"),
    (Wire.RINGING, Act.HANDSET_REPLACED): (Wire.RINGING, None),
    (Wire.HELD, Act.CALLER_RINGS): (Wire.HELD, None),
    (Wire.HELD, Act.CALLER_LEAVES): (Wire.QUIET, "gave_up"),
    (Wire.HELD, Act.MODEM_SEIZES): (Wire.HELD, None),
    (Wire.HELD, Act.MODEM_RELEASES): (Wire.QUIET, "dropped"),
    (Wire.HELD, Act.HANDSET_LIFTED): (Wire.SHARED, None),
    (Wire.HELD, Act.HANDSET_REPLACED): (Wire.HELD, None),
    (Wire.TAKEN, Act.CALLER_RINGS): (Wire.TAKEN, None),
    (Wire.TAKEN, Act.CALLER_LEAVES): (Wire.QUIET, None),
    (Wire.TAKEN, Act.MODEM_SEIZES): (Wire.SHARED, None),
    (Wire.TAKEN, Act.MODEM_RELEASES): (Wire.TAKEN, None),
    (Wire.TAKEN, Act.HANDSET_LIFTED): (Wire.TAKEN, None),
    (Wire.TAKEN, Act.HANDSET_REPLACED): (Wire.QUIET, None),
    (Wire.SHARED, Act.CALLER_RINGS): (Wire.SHARED, None),
    (Wire.SHARED, Act.CALLER_LEAVES): (Wire.QUIET, "gave_up"),
    (Wire.SHARED, Act.MODEM_SEIZES): (Wire.SHARED, None),
    (Wire.SHARED, Act.MODEM_RELEASES): (Wire.TAKEN, "taken"),
    (Wire.SHARED, Act.HANDSET_LIFTED): (Wire.SHARED, None),
    (Wire.SHARED, Act.HANDSET_REPLACED): (Wire.HELD, None),
}


class TelephoneLine:
    """What is true on the line now. Only the simulator's thread changes it; anyone may read.

    `off_hook`: what the modem did with its relay. `sounding`: the bell sounds at this moment. `disturbed`: the modem
    went off-hook while a handset held the present call. `call` is the present or else the last one.
    """

    def __init__(self) -> None:
        self.wire = Wire.QUIET
        self.off_hook = False
        self.handset_lifted = False
        self.sounding = False
        self.disturbed = False
        self.call: Call | None = None
        self.free_since: float | None = None
        self.deaf_seizures = 0  # so many of the next off-hook commands do not reach the line: the bell rings on

    @property
    def ringing(self) -> bool:
        """Whether a caller is being signalled, in the silences between rings too."""
        return self.wire is Wire.RINGING

    @property
    def rings(self) -> int:
        """Rings of the present or last call so far."""
        return self.call.rings if self.call else 0

    @property
    def free(self) -> bool:
        """Whether a new caller would get through."""
        return self.wire is Wire.QUIET and not self.off_hook and not self.handset_lifted

    def begin(self, call: Call, now: float) -> bool:
        """A caller dials. False, and the call is over, when the line is engaged."""
        call.started_at = now
        if not self.free:
            call.ended_at = now
            call.settle("gave_up")
            return False
        self.call, self.disturbed = call, False
        self.act(Act.CALLER_RINGS, now)
        return True

    def act(self, act: Act, now: float) -> None:
        """Someone did something at `now`; the table says what follows."""
        before, call = self.wire, self.call
        reaches = self._note_hooks(act, now)
        if not reaches:
            return
        self.wire, outcome = LINE[before, act]
        if before is Wire.TAKEN and self.wire is Wire.SHARED:
            self.disturbed = True
        if self.wire is not Wire.RINGING:
            self.sounding = False
        if call is not None:
            if before is not Wire.QUIET and self.wire is Wire.QUIET:
                call.ended_at = now
            if outcome is not None:
                call.settle(outcome)
        if not self.free:
            self.free_since = None
        elif self.free_since is None:
            self.free_since = now

    def _note_hooks(self, act: Act, now: float) -> bool:
        """Keep the two hooks; whether the act has any effect on the line."""
        call = self.call
        if act is Act.HANDSET_LIFTED or act is Act.HANDSET_REPLACED:
            self.handset_lifted = act is Act.HANDSET_LIFTED
        elif act is Act.MODEM_SEIZES:
            self.off_hook = True
            if call is not None and self.wire is not Wire.QUIET:
                call.seizures += 1
                call.off_hook_at = now if call.off_hook_at is None else call.off_hook_at
            if self.deaf_seizures > 0 and self.wire is Wire.RINGING:
                self.deaf_seizures -= 1
                return False
        elif act is Act.MODEM_RELEASES:
            if self.off_hook and call is not None and call.off_hook_at is not None:
                call.on_hook_at = now
            self.off_hook = False
        return True
