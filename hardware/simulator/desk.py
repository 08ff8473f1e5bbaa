"""The person at a desk: plain commands in, plain sentences out, on a simulated line. No telephony of its own may enter.

For `quietline simulate --pty`: one terminal shows the line, another runs whatever talks to the modem.
"""

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hardware.events import Absence
from hardware.simulator.cases import CALLS
from hardware.simulator.faulty_cases import FAULTS
from hardware.simulator.line import Call
from hardware.simulator.models import MODELS
from hardware.simulator.modem import SimulatedModem
from hardware.simulator.signalling import NETWORKS, Network, network_of

# What the person is told when a command asks for a call and none is going on.
NO_CALL = "nobody is calling"


class Desk:
    """The simulated line, the call that was made last, and what is said to the person."""

    def __init__(self, sim: SimulatedModem, say: Callable[[str], None]) -> None:
        self.sim = sim
        self.say = say
        self.calls: list[Call] = []

    def obey(self, line: str) -> bool:
        """Carry out one line of the person's; whether to go on. Never raises for what a person can type."""
        try:
            words = shlex.split(line)
        except ValueError:
            self.say('A quote is missing: call 2125550123 "A NAME"')
            return True
        if not words:
            return True
        name, rest = _command(words)
        row = COMMANDS.get(name)
        if row is None:
            self.say(f"There is no command {words[0]!r}; help lists them.")
            return True
        try:
            row.act(self, rest)
        except (ValueError, TypeError) as error:
            self.say(f"{error}. It is said like this: {name} {row.arguments}".rstrip())
        return name != "quit"

    def call(self, words: list[str]) -> None:
        """A caller dials with number and name, both optional. The name goes where the country's network sends names."""
        number, name = _who(words)
        self.calls.append(self.sim.call(number, name, carries_name=None))

    def wait(self, words: list[str]) -> None:
        """A second caller while the line is talked on."""
        number, name = _who(words)
        self.calls.append(self.sim.call_waiting(number, name, carries_name=None))

    def messages(self, words: list[str]) -> None:
        """The network tells of its mailbox."""
        if words not in (["on"], ["off"]):
            raise ValueError("Say whether messages wait: on or off")
        self.sim.message_waiting(words == ["on"])

    def play(self, words: list[str]) -> None:
        """A call from the table of cases."""
        if len(words) != 1 or words[0] not in CALLS:
            raise ValueError(f"The cases are {', '.join(CALLS)}")
        self.say(CALLS[words[0]].says)
        self.calls.append(self.sim.play(CALLS[words[0]].script))

    def absent(self, absence: Absence) -> None:
        """A caller without a number."""
        self.calls.append(self.sim.call(absence=absence))

    def hang_up(self, _words: list[str]) -> None:
        """The last caller hangs up."""
        if not self.calls or self.calls[-1].ended_at is not None:
            self.say(NO_CALL)
        else:
            self.calls[-1].hang_up()

    def break_it(self, words: list[str]) -> None:
        """Begin a fault by name."""
        case = FAULTS.get(words[0]) if words else None
        if case is None:
            raise ValueError(f"The faults are {', '.join(FAULTS)}")
        case.begin(self.sim, " ".join(words[1:]))
        self.say(f"the modem {case.says}")

    def mend(self, words: list[str]) -> None:
        """End a fault by name."""
        case = FAULTS.get(words[0]) if words else None
        if case is None or case.end is None:
            raise ValueError(f"What can be mended: {', '.join(name for name, row in FAULTS.items() if row.end)}")
        case.end(self.sim, " ".join(words[1:]))
        self.say("the modem is well again")

    def status(self, _words: list[str]) -> None:
        """Say what the line is doing."""
        line = self.sim.line
        hook = "off-hook" if line.off_hook else "on-hook"
        handset = "lifted" if line.handset_lifted else "in its place"
        self.say(f"line {line.wire.value}; modem {hook}; handset {handset}; port {self.sim.port}")
        if line.call is not None:
            self.say(f"last call: {line.call.outcome}, {line.call.rings} rings")

    def models(self, _words: list[str]) -> None:
        """List the modems, and the countries whose ways are known."""
        self.say("Choose when you begin: quietline simulate --pty --model NAME --country CC")
        for name, row in MODELS.items():
            self.say(f"  {name:17} {row.says}")
        for network, countries in COUNTRIES.items():
            self.say(f"  {' '.join(countries)}: {_in_words(network)}")
        self.say(f"  any other country: {_in_words(network_of(''))}")

    def help(self, _words: list[str]) -> None:
        """List the commands, and the cases and faults with their sentences."""
        for name, row in COMMANDS.items():
            self.say(f"{f'{name} {row.arguments}':34} {row.says}")
        for title, table in (("play CASE:", CALLS), ("break FAULT:", FAULTS)):
            self.say(title)
            for name, case in table.items():
                self.say(f"  {name:17} {case.says} {_argument(case)}".rstrip())


@dataclass(frozen=True, slots=True)
class Command:
    """What a person can type."""

    arguments: str
    says: str
    act: Callable[[Desk, list[str]], None]


COMMANDS: Mapping[str, Command] = {
    "call": Command('[NUMBER ["NAME"]]', "a caller dials; with nothing, one without Caller ID", Desk.call),
    "withheld": Command("", "a caller withholds the number", lambda desk, _: desk.absent(Absence.PRIVATE)),
    "unavailable": Command("", "a caller from out of area", lambda desk, _: desk.absent(Absence.UNAVAILABLE)),
    "play": Command("CASE", "a call from the list below", Desk.play),
    "waiting": Command('[NUMBER ["NAME"]]', "a second caller, while the handset is lifted", Desk.wait),
    "messages": Command("on|off", "the network's mailbox holds messages, or none any more", Desk.messages),
    "hang up": Command("", "the caller hangs up", Desk.hang_up),
    "lift": Command("", "someone lifts the handset", lambda desk, _: desk.sim.lift_handset()),
    "replace": Command("", "the handset goes back", lambda desk, _: desk.sim.replace_handset()),
    "unplug": Command("", "pull the modem out", lambda desk, _: desk.sim.unplug()),
    "plug": Command("", "put the modem back", lambda desk, _: desk.sim.plug()),
    "break": Command("FAULT [WHAT]", "a fault from the list below", Desk.break_it),
    "mend": Command("FAULT [WHAT]", "end a fault", Desk.mend),
    "models": Command("", "the modems and countries that can be simulated", Desk.models),
    "status": Command("", "what the line is doing", Desk.status),
    "help": Command("", "this list", Desk.help),
    "quit": Command("", "end, as Ctrl-D does", lambda desk, _: desk.say("Goodbye.")),
}
# The countries that report in the same way, in the order of the table.
COUNTRIES = {network: [name for name, row in NETWORKS.items() if row == network] for network in NETWORKS.values()}
SHORT = {"hangup": "hang up", "exit": "quit", "?": "help"}


def run(
    country: str = "US",
    *,
    speed: float = 1.0,
    model: str = "usr",
    lines: Iterable[str] | None = None,
    say: Callable[[str], None] | None = None,
) -> int:
    """Serve a person until quit, the end of `lines` (standard input) or Ctrl-C. 0, as an exit code.

    `model` is a name of MODELS, KeyError for another; `country` ISO 3166 alpha-2.

    `say` is called from two threads, with one line of text each time.
    """
    speak = say or _say
    sim = SimulatedModem(country, model=MODELS[model], speed=speed, tell=lambda sentence: speak(f"  {sentence}"))
    try:
        with sim:
            speak(f"A simulated modem ({model}) on a telephone line ({country}) is at {sim.port}")
            speak("Connect a program to it: quietline line --port with that path. Type help for what you can do.")
            desk = Desk(sim, speak)
            for line in sys.stdin if lines is None else lines:
                if not desk.obey(line):
                    break
    except KeyboardInterrupt:
        speak("")
    speak("The line is gone.")
    return 0


def _command(words: list[str]) -> tuple[str, list[str]]:
    two = " ".join(words[:2]).lower()
    if two in COMMANDS:
        return two, words[2:]
    name = words[0].lower()
    return SHORT.get(name, name), words[1:]


def _who(words: list[str]) -> tuple[str | None, str | None]:
    if len(words) > 2:
        raise ValueError("That is more than a number and a name; put a name of several words in quotes")
    number, name = [*words, None, None][:2]
    return number, name


def _in_words(network: Network) -> str:
    return f"{network.signalling.value}, {network.order.value}{', with names' if network.names else ''}"


def _argument(case: object) -> str:
    argument = getattr(case, "argument", "")
    return f"({argument})" if argument else ""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
