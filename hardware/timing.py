"""How long the modem is given for what, as values with reasons. No behaviour may enter."""

from dataclasses import dataclass

from hardware.recovery import LADDER, WORKED_S, Rung


@dataclass(frozen=True, slots=True)
class ModemTiming:
    """In seconds, but `misses`, `release_tries` and `ladder`. Tests shorten them; the reasons are for the real ones."""

    rescan: float = 0.5
    """Between looks for a port while none works: a tenth of the 5 s in which a replugged modem must work again."""
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
    """After the first, second ... failure to open the same ports, which another program holds or which we may not
    open; the last one repeats. Modems that do not answer have the pauses of the ladder."""
    ladder: tuple[Rung, ...] = LADDER
    worked: float = WORKED_S
    usb_off: float = 1.0
    """Between taking the modem off USB and giving it back: the kernel is done at once, and programs see it go."""
    power_off: float = 5.0
    """Without power: uhubctl's own 2 s are too short for units whose capacitors hold them up (peers use 5 s)."""
    power_limit: float = 20.0
    """For uhubctl with those 5 s in it; it is known to hang for ever on some hubs, and then it is killed."""
    power_on_limit: float = 3.0
    """The same for switching on alone; below the 4 s that stopping may take, perhaps in the middle of the above."""

    heartbeat: float = 60.0
    """Without a word from the modem for this long it is asked for one; peers found units hung twice a year."""
    caller_id_check: float = 3600.0
    """In place of a heartbeat, so seldom, Caller ID is asked about: some modems forget the setting without a word, and
    only a call without its number would show it. An hour keeps that to a call or two; a call that comes without one is
    followed by the same question at once. It costs one line, and at worst a second of waiting for an off-hook."""
    quiet_after_ring: float = 10.0
    """No question so soon after a ring: it could fall into a Caller ID report. Longer than any ring gap."""
    answer: float = 3.0
    """A heartbeat not answered by then is missed; the slowest honest reply took 1 s."""
    misses: int = 3
    """Heartbeats missed in a row that make a modem silent: closing and opening the port is the cure that works."""
    small_talk: float = 0.2
    """How long a heartbeat may keep an off-hook command waiting. Its answer may come later all the same."""
    question: float = 1.0
    """The same for a question whose answer we need whole; asked only long after a ring."""
    hook: float = 3.0
    """For ATH1 and ATH0: relays click within 0.1 s, the slowest log seen shows 1 s."""
    relay_echo: float = 1.0
    """A modem that tells of its own relay as of a lifted handset does so by then; a person seldom is so quick."""
    doubt: float = 5.0
    """A line that we may hold is let go of after this, if nobody asks for it before. Above the 2.5 s a drop holds."""
    release: float = 15.0
    """All attempts to let go together; then the port is closed, which drops DTR and with it the line."""
    release_tries: int = 3
    off_hook_limit: float = 60.0
    """No call is held longer, whatever goes wrong above; nothing in this version needs more than 3 s."""


REAL = ModemTiming()
