"""What differs between modems, as values in frozen rows; the default is V.253. No behaviour and no bytes may enter.

A modem that needs something else gets its own row, never an `if` elsewhere.
"""

from dataclasses import dataclass

REPLY_S = 3.0
"""Seconds a modem gets for an ordinary command; slowest seen on real units is about 1 s. Then it counts as silent."""

RESET_S = 5.0
"""Seconds for ATZ, which reloads a profile and restarts some chips; peers allow 3 s and sometimes fail."""

FIRST_S = 2.0
"""Seconds for words that may be lost (just after a replug or a reset) and are then repeated."""


@dataclass(frozen=True, slots=True)
class InitCommand:
    """One step of initialisation, sent until it is answered well or its tries are used up.

    What then stops the initialisation: `refusal_stops` for a result other than OK, `silence_stops` for no result within
    `timeout` seconds of the last try.
    """

    command: str
    timeout: float = REPLY_S
    tries: int = 1
    refusal_stops: bool = False
    silence_stops: bool = True


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting of the modem that can be turned on and asked for."""

    on: str
    query: str


@dataclass(frozen=True, slots=True)
class ModemProfile:
    """The commands of one family of modems. Every text goes out as written, with a carriage return."""

    name: str
    init: tuple[InitCommand, ...]
    caller_id: tuple[Switch, ...]
    """Ways to ask for formatted Caller ID, best first; the first that is not refused is used."""
    describe: tuple[InitCommand, ...]
    """Questions about the unit itself; none is needed to work."""
    heartbeat: str = "AT"
    off_hook: str = "ATH1"
    on_hook: str = "ATH0"


V253 = ModemProfile(
    name="V.253",
    init=(
        # First of all let go of a line that an earlier run may have left off-hook. The answer may be a digit or nothing
        # (V0, Q1 of another program), so nothing is concluded from it. Letting go takes a second on some units.
        InitCommand("ATH0", silence_stops=False),
        # Words and answers from here on; repeated, because the first bytes after a replug can be lost.
        InitCommand("ATE0V1Q0", timeout=FIRST_S, tries=3),
        # Again, now that the answer can be read, and in case the first was glued to what another program had begun to
        # say. A modem that cannot let go of the line must not be called ready.
        InitCommand("ATH0", tries=2, refusal_stops=True),
        # A stored profile that answers ERROR to ATZ is broken but workable: all we need is set below.
        InitCommand("ATZ", timeout=RESET_S),
        InitCommand("ATE0", timeout=FIRST_S, tries=3, silence_stops=False),  # ATZ may have made it quiet again
        InitCommand("ATV1Q0", tries=2, refusal_stops=True),
        InitCommand("ATX4"),  # call progress results; plain modems know X0 only
        InitCommand("ATS0=0", tries=2, refusal_stops=True),  # a modem that answers by itself would take wanted calls
        InitCommand("AT&C1&D2"),  # a drop of DTR hangs up: closing the port lets go of the line
    ),
    caller_id=(Switch("AT+VCID=1", "AT+VCID?"), Switch("AT#CID=1", "AT#CID?")),
    describe=(
        InitCommand("ATI3", silence_stops=False),
        InitCommand("ATI0", silence_stops=False),
        InitCommand("AT+GMM", silence_stops=False),
        InitCommand("AT+FCLASS=?", silence_stops=False),
    ),
)


@dataclass(frozen=True, slots=True)
class ModemOptions:
    """What the installer says of the line and its modem.

    `country` is ISO 3166 alpha-2. `profile` None: found out by asking. `raw_caller_id`: ask for Caller ID messages as
    they came (+VCID=2), which shows damaged ones too. `distinctive_ring`: ask for the pattern of each ring, where the
    modem can tell it. `extra`: commands sent after the profile's own, each one line that begins with AT.
    """

    country: str = "US"
    profile: ModemProfile | None = None
    raw_caller_id: bool = False
    distinctive_ring: bool = False
    extra: tuple[str, ...] = ()


PLAIN_OPTIONS = ModemOptions()
