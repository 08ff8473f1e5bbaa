"""The web process: `python -m web`, started by `quietline web`. One server, its threads, the jobs; ends on SIGTERM."""

import logging
import signal
import sys
from pathlib import Path
from types import FrameType

import click
from waitress.server import create_server  # type: ignore[import-untyped]  # ships no type information

from appliance import config as toml
from appliance.errors import ApplianceError
from appliance.jobs import Jobs
from appliance.journal import marked, start_logging
from appliance.notify import notify
from appliance.store import Store
from web import create_app
from web.context import NAME
from web.live import Live

log = logging.getLogger("web")

# 6 of these may be held by live streams (live.py); 18 stay for pages, and each costs no more than 20 kB.
THREADS = 24
# waitress looks at a connection while its request is served, so a stream notices that its reader has gone.
LOOK_AHEAD = 1
# A browser that opens connections and says nothing must not keep others out for the default of two minutes.
IDLE_CONNECTION_S = 30
# Refused by the server before it is kept anywhere; Flask refuses smaller ones with a page in plain words.
LARGEST_BODY_BYTES = 256 * 1024
LARGEST_HEADERS_BYTES = 32 * 1024


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the store.")
@click.option("--config", "file", type=click.Path(path_type=Path, dir_okay=False), help="quietline.toml to use.")
@click.option("--bind", metavar="HOST:PORT", help="Where to serve; otherwise web.bind of the configuration.")
@click.option("--demo", is_flag=True, envvar="QUIETLINE_DEMO", help="Offer a simulated line on the page.")
def main(data: Path | None, file: Path | None, bind: str | None, demo: bool) -> int:
    """Serve the pages until stopped."""
    start_logging()
    logging.getLogger("waitress").setLevel(logging.WARNING)  # says each time that somebody closed a page
    try:
        config = toml.load(file, data=data)
        host, port = toml.parse_bind(bind or config.web.bind)
    except (ApplianceError, ValueError) as error:
        click.echo(marked(f"quietline: {error}"), err=True)
        return 4
    return serve(config, host, port, demo=demo)


def serve(config: toml.Config, host: str, port: int, *, demo: bool) -> int:
    """Serve until SIGTERM or SIGINT; the exit code."""
    _check_store(config)
    app = create_app(config, demo=demo)
    live: Live = app.extensions[NAME].live
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            channel_request_lookahead=LOOK_AHEAD,
            channel_timeout=IDLE_CONNECTION_S,
            ident=None,  # nobody needs to know what serves
            max_request_body_size=LARGEST_BODY_BYTES,
            max_request_header_size=LARGEST_HEADERS_BYTES,
        )
    except OSError as error:
        click.echo(marked(f"quietline: cannot serve on {host}:{port}: {error.strerror or error}."), err=True)
        return 1
    _end_on_signals(live)
    jobs = Jobs(config.data)
    jobs.start()
    notify("READY=1", f"STATUS=Serving on {host}:{port}")
    log.info("serving=http://%s:%s demo=%s", host, server.effective_port, demo)
    server.run()  # returns after SystemExit, once its threads have ended
    notify("STOPPING=1")
    jobs.stop()
    live.close()
    server.close()
    log.info("stopped")
    return 0


def _check_store(config: toml.Config) -> None:
    """Look through the store once, mending it if need be. When that fails we still serve: every page says so."""
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        Store.open(config.data, check=True).close()
    except OSError as error:  # StoreError is one
        log.error("store=unusable reason=%s", error)


def _end_on_signals(live: Live) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        live.closing = True  # the streams see it within a second, so that the server need not wait for them
        raise SystemExit

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


if __name__ == "__main__":
    sys.exit(main(standalone_mode=False))
