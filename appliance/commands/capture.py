"""`quietline capture`: what the modem says, in two files for a bug report, with numbers and names replaced."""

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import click

from appliance.commands.base import BY, Place, PlacedCommand, pass_place, plain

if TYPE_CHECKING:
    from appliance.captures import Written
    from appliance.store import Store

ANSWER_S = 30.0
"""Seconds for the line process to write a capture: it takes one or two, but waits for whoever holds the store. What has
not been taken by then lapses in the store as well."""
GLANCE_S = 0.05

READY_S = 30.0
"""Seconds for a modem that is opened here to become ready, or to be given up: 9 s when it is silent."""
LISTEN_S = 120.0
"""Seconds to find a mobile telephone, dial one's own number and let it ring four times, twice over."""
LONGEST_S = 3600.0


@click.command(cls=PlacedCommand)
@click.argument("file", metavar="FILE.log", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--line", "name", metavar="NAME", help="Which line, when several are running.")
@click.option("--port", metavar="PORT", help="Open this port here instead of asking a line.")
@click.option(
    "--seconds",
    type=click.FloatRange(1.0, LONGEST_S),
    metavar="N",
    help=f"How long to listen when the port is opened here ({LISTEN_S:g}).",
)
@click.option("--force", is_flag=True, help="Write over files that are there.")
@pass_place
def capture(
    place: Place, file: Path, *, name: str | None, port: str | None, seconds: float | None, force: bool
) -> None:
    """Write what the modem said to FILE.log and FILE.json, with numbers and names replaced, for a bug report.

    A line that is running is asked for what it remembers. Otherwise the modem is opened here and listened to.
    """
    from appliance.captures import refuse_existing

    log = file if file.suffix == ".log" else file.with_name(file.name + ".log")
    if not force:  # said before anybody has called in vain
        refuse_existing(log)
    line = None if port else _running(place, name)
    if line and seconds is not None:
        raise click.UsageError(f"--seconds has no meaning here: line {line} is running and has listened already.")
    written = (
        _asked(place, line, log, replace=force)
        if line
        else _listened(place, port, log, LISTEN_S if seconds is None else seconds, replace=force)
    )
    click.echo(f"Wrote {written.log}: {written.bytes:,} bytes from the modem, over {written.seconds:,.0f} seconds.")
    click.echo(f"Wrote {written.description}: when each of them came, and what Quietline made of it.")
    click.echo(
        "Telephone numbers and names were replaced by made-up ones. Please read both files before you send them."
    )
    click.echo(f"To see what they tell: quietline replay {written.log}")


def _running(place: Place, name: str | None) -> str | None:
    """The line process to ask; None when there is none. Raises click.ClickException when it is not clear which one."""
    from appliance.doctor import is_alive

    with place.store() as store:
        alive = [line.line for line in store.status.all() if is_alive(line, datetime.now(UTC))]
    if name is not None and name not in alive:
        raise click.ClickException(
            f"The line {name} is not running; leave --line out to open its modem here, or name its --port."
        )
    if name is None and len(alive) > 1:
        raise click.UsageError(f"Several lines are running; say which one: --line {' or --line '.join(alive)}.")
    return name or next(iter(alive), None)


def _asked(place: Place, line: str, log: Path, *, replace: bool) -> "Written":
    """Have a line process write down what it remembers, and fetch that."""
    from appliance.captures import CAPTURE, fetch
    from appliance.store.commands import LAPSED

    with place.store() as store:
        asked = store.commands.put(CAPTURE.format(line=line), "", BY, datetime.now(UTC))
        place.ring()
        outcome = _outcome(store, asked)
    if outcome is None or outcome == LAPSED:
        raise click.ClickException(
            f"The line {line} did not answer within {ANSWER_S:g} seconds; look at it with: quietline status"
        )
    return fetch(place.config().data, outcome, log, replace=replace)


def _outcome(store: "Store", command: int) -> str | None:
    end = time.monotonic() + ANSWER_S
    while time.monotonic() < end:
        outcome = store.commands.get(command).outcome
        if outcome is not None:
            return outcome
        time.sleep(GLANCE_S)  # a person waits in front of it; nothing else is to be done meanwhile
    return None


def _listened(place: Place, port: str | None, log: Path, seconds: float, *, replace: bool) -> "Written":
    """Open the modem and write down what it says for so many seconds, or until Ctrl-C."""
    from appliance.captures import write
    from appliance.modem_options import modem_options
    from hardware.events import ModemLost, ModemReady
    from hardware.modem import Modem
    from hardware.usb_power import PowerOptions

    config = place.config()
    known = None if config.modem.port == "auto" else config.modem.port
    heard: SimpleQueue[Any] = SimpleQueue()
    modem = Modem(
        lambda event, _: heard.put(event),
        port=port or known,
        options=modem_options(config),
        power=PowerOptions(usb_reconnect=False),  # somebody is looking for a fault: change nothing under their hands
    )
    click.echo("Looking for the modem ...", err=True)
    modem.start()
    try:
        first = _next(heard, time.monotonic() + READY_S, ModemReady, ModemLost)
        if not isinstance(first, ModemReady):
            reason = first.reason if isinstance(first, ModemLost) else "The modem did not answer."
            raise click.ClickException(reason)
        name = first.modem.name
        click.echo(f"{plain(name)} on {first.port}. Call your own number now, from a mobile telephone.", err=True)
        click.echo(f"Listening for {seconds:g} seconds; Ctrl-C ends it sooner.", err=True)
        with contextlib.suppress(KeyboardInterrupt):
            _tell(heard, time.monotonic() + seconds)
    finally:
        modem.stop()
    return write(modem.tape.entries(), log, modem=name, country=config.country, replace=replace)


def _tell(heard: "SimpleQueue[Any]", until: float) -> None:
    """Say what comes, so that whoever calls knows that it was heard."""
    from hardware.events import CallerIdDamaged, CallerIdReported, ModemLost, RingDetected

    words = {
        RingDetected: "It rings.",
        CallerIdReported: "Caller ID came.",
        CallerIdDamaged: "Caller ID came, but damaged.",
    }
    while (event := _next(heard, until, ModemLost, *words)) is not None:
        click.echo(event.reason if isinstance(event, ModemLost) else words[type(event)], err=True)


def _next(heard: "SimpleQueue[Any]", until: float, *kinds: type) -> Any:
    """The next event of these kinds; None at `until` (monotonic seconds)."""
    with contextlib.suppress(Empty):
        while True:
            event = heard.get(timeout=max(0.0, until - time.monotonic()))
            if isinstance(event, kinds):
                return event
    return None
