"""Live updates over the real server: streams are few, tell of changes, end when asked, and never starve the pages."""

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from flask import Flask

from appliance.store import restore, ring
from tests.web.house import Browser, House
from tests.web.serving import Served, served
from web import live
from web.live import MOST_STREAMS, Live


@pytest.fixture
def cookie(app: Flask, browser: Browser) -> str:
    """The cookie of a browser that is signed in: the key is in the store, so it serves with any process."""
    found = browser.client.get_cookie("quietline")
    assert found
    return f"quietline={found.value}"


@pytest.fixture
def server(house: House, app: Flask) -> Iterator[Served]:
    with served(house.config.data) as running:
        yield running


def ask(server: Served, cookie: str, path: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers={"Cookie": cookie})
    return connection, connection.getresponse()


class Reader:
    """Reads a stream in a thread and notes when it was told of a change (monotonic seconds)."""

    def __init__(self, server: Served, cookie: str) -> None:
        self.connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=30)
        self.connection.connect()
        self._socket = self.connection.sock  # the connection forgets it with the answer
        self.connection.request("GET", "/live", headers={"Cookie": cookie})
        self.answer = self.connection.getresponse()
        self.told: list[float] = []
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # closed from the test's thread, in the middle of a read
            while line := self.answer.readline():
                if line == b"event: changed\n":
                    self.told.append(time.monotonic())

    def settle(self) -> None:
        """Wait until the watcher has begun; it begins by telling, for nobody knows what happened before."""
        time.sleep(2.0)

    def told_after(self, moment: float) -> float:
        """How long after that moment it was told, in seconds."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if later := [at for at in self.told if at > moment]:
                return later[0] - moment
            time.sleep(0.01)
        raise AssertionError("was not told")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self.answer.close()
        self.connection.close()


def test_a_call_in_the_store_is_told_at_once_when_the_doorbell_rings(house: House, server: Served, cookie: str) -> None:
    with closing(Reader(server, cookie)) as reader:
        assert reader.answer.status == 200
        assert reader.answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
        reader.settle()

        moment = time.monotonic()
        house.call("2125550188")
        ring(house.config.data, "web*")

        assert reader.told_after(moment) < live.POLL_S + 1


def test_a_lost_doorbell_costs_one_poll(house: House, server: Served, cookie: str) -> None:
    with closing(Reader(server, cookie)) as reader:
        reader.settle()

        moment = time.monotonic()
        house.call("2125550188")

        assert reader.told_after(moment) < live.POLL_S + 5


def test_nothing_is_told_when_nothing_happens(server: Served, cookie: str) -> None:
    with closing(Reader(server, cookie)) as reader:
        reader.settle()
        before = len(reader.told)

        time.sleep(2.5)

        assert len(reader.told) == before


def test_the_seventh_stream_is_refused_and_pages_still_answer(server: Served, cookie: str) -> None:
    with ExitStack() as open_streams:
        for _ in range(MOST_STREAMS):
            connection, answer = ask(server, cookie, "/live")
            open_streams.enter_context(closing(connection))
            open_streams.enter_context(closing(answer))
            assert answer.status == 200

        connection, answer = ask(server, cookie, "/live")
        with closing(connection):
            assert answer.status == 503
            assert int(answer.getheader("Retry-After") or 0) > 0
        for _ in range(20):
            connection, answer = ask(server, cookie, "/")
            with closing(connection):
                assert answer.status == 200


def test_a_reader_that_leaves_gives_its_place_back(server: Served, cookie: str) -> None:
    for _ in range(3):
        with ExitStack() as open_streams:
            for _ in range(MOST_STREAMS):
                connection, answer = ask(server, cookie, "/live")
                open_streams.enter_context(closing(connection))
                open_streams.enter_context(closing(answer))
                assert answer.status == 200
        time.sleep(live.GLANCE_S + 1.5)


def test_the_server_ends_cleanly_with_streams_open(server: Served, cookie: str) -> None:
    connection, answer = ask(server, cookie, "/live")
    with closing(connection):
        assert answer.status == 200
        began = time.monotonic()

        assert server.stop() == 0

        assert time.monotonic() - began < 8
        assert "level=ERROR" not in server.log.read_text()


def test_the_watcher_survives_a_restored_store(house: House, server: Served, cookie: str) -> None:
    with closing(Reader(server, cookie)) as reader:
        reader.settle()
        copy = house.config.data / "copy.db"
        house.store.backup_to(copy)
        house.store.close()
        moment = time.monotonic()

        restore(house.config.data, copy)

        assert reader.told_after(moment) < live.POLL_S + 5


def test_a_second_server_on_the_same_port_says_so_in_one_line(house: House, server: Served) -> None:
    port = server.address.rpartition(":")[2]
    second = house.config.data / "second"
    second.mkdir()
    with pytest.raises(AssertionError, match=r"cannot serve on 127\.0\.0\.1:0|did not start"):
        Served(second, "--bind", f"127.0.0.1:{port}")
    assert f"quietline: cannot serve on 127.0.0.1:{port}" in (second / "web.log").read_text()


def test_a_stream_that_never_began_gives_its_place_back_once(house: House) -> None:
    watching = Live(house.config.data)
    streams = [watching.stream(lambda: False) for _ in range(MOST_STREAMS)]
    assert watching.stream(lambda: False) is None
    first = streams[0]
    assert first

    first.close()
    first.close()

    again = watching.stream(lambda: False)
    assert again
    assert watching.stream(lambda: False) is None
    watching.close()


def test_a_stream_speaks_in_time_for_the_house_router_and_ends_after_its_life(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(live, "GLANCE_S", 0.05)
    monkeypatch.setattr(live, "LONGEST_LIFE_S", 1.5)
    watching = Live(house.config.data)
    stream = watching.stream(lambda: False)
    assert stream

    pieces = list(stream)

    stream.close()
    watching.close()
    assert pieces[0].startswith(b"retry:")
    assert pieces.count(b": still here\n\n") >= 2


def test_there_is_one_watcher_for_all_streams(house: House) -> None:
    watching = Live(house.config.data)
    streams = [watching.stream(lambda: False) for _ in range(4)]

    names = [thread.name for thread in threading.enumerate()]

    assert names.count("live-watcher") == 1
    for stream in streams:
        assert stream
        stream.close()
    watching.close()


LOOK = {"X-Live": "1"}  # as quietline.js asks


def test_a_page_that_looks_again_takes_no_message_from_the_page_to_come(house: House, browser: Browser) -> None:
    # Seen on a busy machine: "Undo" was pressed, the old page looked again before the new one came, and that one
    # said nothing, with nothing to undo.
    house.call("2125550188", "NEW YORK NY")
    browser.post("/calls/call-1/block")

    looked = browser.get("/", headers=LOOK)

    assert "is blocked from now on" not in looked.text
    assert "is blocked from now on" in browser.text("/")
    assert "is blocked from now on" not in browser.text("/")


def test_an_answer_that_comes_late_puts_no_older_session_back(browser: Browser) -> None:
    # Each cookie holds all of a session: one set by a late answer would take a message away, or undo signing out.
    browser.text("/")

    for path in ("/", "/check", "/static/quietline.css"):
        assert "Set-Cookie" not in browser.get(path).headers, path
    assert "Set-Cookie" not in browser.get("/", headers=LOOK).headers


def test_whoever_comes_by_each_day_stays_signed_in(browser: Browser) -> None:
    browser.text("/")
    with browser.client.session_transaction() as session:
        session["day"] -= 1

    assert "Set-Cookie" not in browser.get("/", headers=LOOK).headers
    renewed = browser.get("/").headers["Set-Cookie"]

    assert "Expires=" in renewed
    assert "Set-Cookie" not in browser.get("/").headers
