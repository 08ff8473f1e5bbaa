"""How long the modem is given for what, as values with reasons. No behaviour may enter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModemTiming:
    """All in seconds, but `misses` and `release_tries`. Tests shorten them; the reasons are for the real ones."""

    rescan: float = 0.5
    """Between looks for a port while none works: a tenth of the 5 s in which a replugged modem must work again."""
    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
    """After the first, second ... failure of the same ports; the last one repeats. Hung modems are cured by hand."""

    heartbeat: float = 60.0
    """Without a word from the modem for this long it is asked for one; peers found units hung twice a year."""
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
    doubt: float = 5.0
    """A line that we may hold is let go of after this, if nobody asks for it before. Above the 2.5 s a drop holds."""
    release: float = 15.0
    """All attempts to let go together; then the port is closed, which drops DTR and with it the line."""
    release_tries: int = 3
    off_hook_limit: float = 60.0
    """No call is held longer, whatever goes wrong above; nothing in this version needs more than 3 s."""


REAL = ModemTiming()
