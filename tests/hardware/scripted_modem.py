"""A modem that answers set_up from a table, as documented for its kind, and keeps what it was told."""

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from hardware.events import ReplyReceived
from hardware.profiles import InitCommand, ModemOptions
from hardware.protocol import ModemProtocol
from hardware.setup import Answer, Outcome, set_up

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
LIMIT = 100
"""Commands: set-up must never need more, whatever is answered."""

Reply = str | tuple[str, ...] | None
"""OK behind these lines; "ERROR" and the like alone; None for silence."""


@dataclass
class ScriptedModem:
    """`replies` by command, `otherwise` for what is not listed; its settings follow what it is told."""

    replies: dict[str, Reply]
    otherwise: Reply = "ERROR"
    country: str | None = None
    countries: tuple[str, ...] = ()
    sent: list[str] = field(default_factory=list)
    waited: float = 0.0
    service_class: str = "0"
    caller_id: str = "0"

    def answer(self, step: InitCommand) -> Answer:
        command = step.command
        self.sent.append(command)
        reply = self._of(command)
        if reply is None:
            self.waited += step.timeout
            return None
        if isinstance(reply, str):
            return ReplyReceived(command, reply)
        return ReplyReceived(command, "OK", reply)

    def _of(self, command: str) -> Reply:
        if command in self.replies:
            reply = self.replies[command]
            if isinstance(reply, tuple):
                self._obey(command)
            return reply
        if self.country is not None and command == "AT+GCI?":
            return (f"+GCI: {self.country}",)
        if self.country is not None and command == "AT+GCI=?":
            return (f"+GCI: ({','.join(self.countries)})",)
        if command.startswith("AT+GCI=") and command.removeprefix("AT+GCI=") in self.countries:
            self.country = command.removeprefix("AT+GCI=")
            return ()
        return self.otherwise

    def _obey(self, command: str) -> None:
        if command == "ATZ":
            self.service_class, self.caller_id = "0", "0"
        elif command.startswith("AT+FCLASS=") and not command.endswith("?"):
            self.service_class = command.removeprefix("AT+FCLASS=")
        elif command.startswith(("AT+VCID=", "AT#CID=")) and not command.endswith("?"):
            self.caller_id = command[-1]

    def set_up(self, options: ModemOptions | None = None) -> Outcome:
        return drive(set_up(options or ModemOptions()), self)


def drive(setting_up: Generator[InitCommand, Answer, Outcome], modem: ScriptedModem) -> Outcome:
    """Play the modem's part until set-up is done. Raises what set-up raises."""
    try:
        step = next(setting_up)
        for _ in range(LIMIT):
            step = setting_up.send(modem.answer(step))
    except StopIteration as done:
        outcome = done.value
        assert isinstance(outcome, Outcome)
        return outcome
    raise AssertionError(f"more than {LIMIT} commands: {modem.sent}")


def recorded(name: str, commands: tuple[str, ...]) -> dict[str, Reply]:
    """The replies of a transcript by command, read by the protocol as they stand in the log."""
    protocol = ModemProtocol()
    found: dict[str, Reply] = {}
    waiting = list(commands)
    for line in (TRANSCRIPTS / f"{name}.log").read_bytes().splitlines(keepends=True):
        if waiting:
            protocol.send(waiting[0], 0.0)
            protocol.data_to_send()
        for event in protocol.receive_data(line, 0.0):
            if isinstance(event, ReplyReceived) and waiting:
                found[waiting.pop(0)] = event.lines if event.result == "OK" else event.result
                protocol.reset()
    return found
