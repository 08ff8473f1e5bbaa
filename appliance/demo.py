"""`quietline demo`: the whole appliance on a simulated phone line. Line and page run as two processes, as always.

This process owns the telephone line and its modem, and does what the demo page asks of them.
"""

import fcntl
import json
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click

from appliance import config as toml
from appliance.children import Child, Children
from appliance.commands.run import web_command, web_environment
from appliance.core import caller
from appliance.core.household import EntryKind, ListName
from appliance.errors import ApplianceError, StoreError
from appliance.store import Doorbell, Store, ring
from hardware.simulator import Call, SimulatedModem

# The household that a visitor finds; nobody real has such numbers. The demo page offers calls from some of them.
HOUSEHOLD: tuple[tuple[ListName, EntryKind, str, str, str], ...] = (
    (ListName.BLOCK, EntryKind.EXACT, "+12125550142", "Sunny Cruises", "You have won a cruise. Again."),
    (ListName.PERMIT, EntryKind.EXACT, "+12125550117", "Grandma", ""),
    (ListName.BLOCK, EntryKind.EXACT, "+12125550199", "Roof sellers", ""),
    (ListName.PERMIT, EntryKind.EXACT, "+12125550123", "Aunt Vera", ""),
    (ListName.PERMIT, EntryKind.NAME, "*school*", "School", "They call from many numbers."),
    (ListName.BLOCK, EntryKind.PREFIX, "+1646555017", "", "A whole range of one seller."),
    (ListName.CONTACT, EntryKind.EXACT, "+13125550134", "Dr. Fern", "Other desks of the practice get through as well."),
    (ListName.CONTACT, EntryKind.EXACT, "+13035550168", "Jordan and Avery", ""),
    (ListName.CONTACT, EntryKind.EXACT, "+442079460156", "Cousin Robin in London", ""),
)
SCHOOL_HOURS = "mon-fri 08:00-17:00"
# Who may wake the house: rings by night and while everybody is away, too.
ALWAYS = frozenset({"Grandma"})
SETTINGS = {
    "country": "US",
    "home_number": "+19175550164",
    "known_countries": "GB",
    "schedule": "night mon-sun 22:00-07:00",
    "treatment.night.withheld": "drop",
}
# A caller of the demo gives up after so many rings: long enough to look at the page and press a button (48 s).
RINGS = 8
GLANCE_S = 0.5  # how often the children are looked at, and commands when the doorbell did not ring
START_WITHIN_S = 30.0  # a Raspberry Pi Zero starts the page in ten


class DemoError(ApplianceError, RuntimeError):
    """The demo cannot run; says why."""


def run(config_file: Path | None, data: Path | None, bind: str | None, *, verbose: bool) -> int:
    """Run until Ctrl-C or SIGTERM; the exit code."""
    folder = data or toml.personal_data().with_name("quietline-demo")
    config = toml.load(config_file, data=folder)
    host, port = free_address(bind or config.web.bind)
    with ExitStack() as stack:
        stopped = stack.enter_context(_signals())
        _prepare(folder)
        stack.enter_context(_only_one(folder))
        bell = stack.enter_context(Doorbell(folder, "sim"))
        sim = stack.enter_context(SimulatedModem(tell=_teller(verbose)))
        children = stack.enter_context(_children(config_file, folder, sim.port, f"{host}:{port}", verbose=verbose))
        if _until_served(host, port, children, stopped):
            click.echo(f"\n    Open http://{_shown(host)}:{port}\n    Ctrl-C ends the demo. Its data is in {folder}.\n")
        wishes = Wishes(sim)
        while not stopped():
            children.look_after()
            select.select([bell], [], [], GLANCE_S)
            bell.drain()
            fulfil(folder, wishes)
        click.echo("Ending the demo ...")
    click.echo("The demo has ended.")
    return 0


def free_address(bind: str) -> tuple[str, int]:
    """Host and port, tried beforehand: "in use" should be a sentence, not a child's last words. 0 takes any port."""
    host, port = toml.parse_bind(bind)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = f"{host}:{port + 1 if port < 65535 else port - 1}"
            raise DemoError(f"{bind} cannot be used ({error.strerror}); try another: --bind {other}.") from error
        return host, int(probe.getsockname()[1])


def seed(store: Store, now: datetime) -> None:
    """The household of the demo, in a new store."""
    store.settings.change(SETTINGS, by="demo", now=now)
    for name, kind, text, label, note in HOUSEHOLD:
        value = caller.name_key(text) if kind is EntryKind.NAME else text
        hours = SCHOOL_HOURS if label == "School" else ""
        store.lists.add(
            name, kind, value, label=label, note=note, hours=hours, vip=label in ALWAYS, source="demo", now=now
        )


def _prepare(folder: Path) -> None:
    new = not (folder / "quietline.db").exists()
    with Store.open(folder) as store:
        if new:
            seed(store, datetime.now(UTC))


@dataclass(slots=True)
class Wishes:
    """What the demo page may ask of the line: `sim.` and the name of a method."""

    sim: SimulatedModem
    call_now: Call | None = None
    plugged: bool = True
    table: dict[str, Callable[[str], str]] = field(init=False)

    def __post_init__(self) -> None:
        self.table = {
            "sim.call": self.call,
            "sim.hang_up": self.hang_up,
            "sim.lift_handset": self.lift_handset,
            "sim.unplug": self.unplug,
            "sim.plug": self.plug,
        }

    def call(self, argument: str) -> str:
        """A caller dials; the argument is JSON with number, name and absence."""
        wish = json.loads(argument)
        self.sim.replace_handset()
        self.call_now = self.sim.call(wish.get("number"), wish.get("name"), absence=wish.get("absence"), rings=RINGS)
        return "engaged" if self.call_now.over else "ringing"

    def hang_up(self, _argument: str) -> str:
        """The caller hangs up; so does who answered."""
        self.sim.replace_handset()
        if self.call_now is None or self.call_now.over:
            return "nobody is calling"
        self.call_now.hang_up()
        return "hung up"

    def lift_handset(self, _argument: str) -> str:
        """Somebody in the house takes the call."""
        self.sim.lift_handset()
        return "lifted"

    def unplug(self, _argument: str) -> str:
        """The modem is pulled out."""
        if self.plugged:
            self.sim.unplug()
        self.plugged = False
        return "unplugged"

    def plug(self, _argument: str) -> str:
        """The modem comes back."""
        if not self.plugged:
            self.sim.plug()
        self.plugged = True
        return "plugged in"


def fulfil(folder: Path, wishes: Wishes) -> None:
    """Do what the page has asked for, and say what became of it."""
    now = datetime.now(UTC)
    try:
        with Store.open(folder) as store:
            for command in store.commands.take(list(wishes.table), now):
                try:
                    outcome = wishes.table[command.kind](command.argument)
                except (ValueError, TypeError, AttributeError) as error:  # not the JSON that was agreed on
                    outcome = f"not understood: {error}"
                store.commands.finished(command.id, outcome, now)
                ring(folder, "web*")
    except StoreError as error:
        click.echo(f"demo  | {error}", err=True)


def _children(config_file: Path | None, folder: Path, modem: str, bind: str, *, verbose: bool) -> Children:
    place = ["--data", str(folder), *(["--config", str(config_file)] if config_file else [])]
    line = [sys.executable, "-P", "-m", "appliance.cli", "line", "--port", modem, *place, *(["-v"] if verbose else [])]
    environment = web_environment() | {"PYTHONUNBUFFERED": "1"}
    return Children(
        (
            Child("line", line, environment | {"GPIOZERO_PIN_FACTORY": "mock"}),
            Child("web", web_command(*place, "--bind", bind), environment | {"QUIETLINE_DEMO": "1"}),
        )
    )


def _teller(verbose: bool) -> Callable[[str], None] | None:
    return (lambda sentence: click.echo(f"phone | {sentence}", err=True)) if verbose else None


def _until_served(host: str, port: int, children: Children, stopped: Callable[[], bool]) -> bool:
    """Wait until the page answers; whether it does (not when we are to stop)."""
    click.echo("Starting the line and the page ...")
    deadline = time.monotonic() + START_WITHIN_S
    while not stopped():
        children.look_after()
        try:
            socket.create_connection((_shown(host), port), timeout=1.0).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        if time.monotonic() > deadline:
            raise DemoError(f"The page did not answer within {START_WITHIN_S:.0f} s; what it said is above.")
    return False


def _shown(host: str) -> str:
    """Where a browser on this machine finds it."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  # a name


@contextmanager
def _signals() -> Generator[Callable[[], bool]]:
    """Whether SIGINT or SIGTERM has come; what they did before is put back at the end."""
    came = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        came.set()

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _only_one(folder: Path) -> Generator[None]:
    """Two demos over one store would take each other's calls."""
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DemoError(f"A demo is running with {folder} already; choose another folder with --data.") from error
        yield
