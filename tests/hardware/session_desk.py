"""A session whose modem is played by the test, for the tests of everything that is said to a modem."""

from hardware.events import ModemEvent, ModemReady
from hardware.profiles import PLAIN_OPTIONS, ModemOptions
from hardware.session import ModemSession
from hardware.sound.formats import Encoding, SoundFormat
from hardware.timing import REAL, ModemTiming

REPLIES = {
    "AT+VCID?": b"\r\n1\r\n\r\nOK\r\n",
    "ATI3": b"\r\nU.S. Robotics 56K FAX USB V1.2.23\r\n\r\nOK\r\n",
    "ATI0": b"\r\n5601\r\n\r\nOK\r\n",
    "AT+FCLASS=?": b"\r\n0,1,2,8\r\n\r\nOK\r\n",
    "AT+VSM=?": b'\r\n128,"8-BIT LINEAR",(7200,8000,11025)\r\n\r\nOK\r\n',
}
SOUND = SoundFormat(128, Encoding.UNSIGNED_8, 8000)
OK = b"\r\nOK\r\n"
ERROR = b"\r\nERROR\r\n"
SILENCE = b""


class Desk:
    """A session whose modem is played by the test: replies by command, and a clock that the test moves."""

    def __init__(self, *, timing: ModemTiming = REAL, options: ModemOptions = PLAIN_OPTIONS) -> None:
        self.now = 1000.0
        self.replies: dict[str, bytes] = {**REPLIES}
        self.first_replies: dict[str, bytes] = {}
        self.written: list[tuple[float, str]] = []
        self.events: list[ModemEvent] = []
        self.stuck = False  # in its sound stream
        self.words = b""  # said inside a stream
        self.session = ModemSession("/dev/ttyACM0", self.now, timing=timing, options=options)

    def settle(self) -> list[ModemEvent]:
        """Exchange commands and replies until nothing is left to say; the events since the last look."""
        while data := self.session.data_to_send():
            if self.stuck and self.session.streaming:
                continue  # it hears nothing
            if not data.startswith(b"AT"):
                self.words += data
                continue
            assert data.endswith(b"\r")
            assert data.count(b"\r") == 1, "one command per write"
            command = data[:-1].decode()
            self.written.append((self.now, command))
            self.hear(self.first_replies.pop(command, self.replies.get(command, OK)))
        seen, self.events = self.events, []
        return seen

    def hear(self, data: bytes) -> None:
        if data:
            self.events += self.session.receive_data(data, self.now)

    def until(self, end: float) -> list[ModemEvent]:
        """Let time pass as the thread does: from deadline to deadline."""
        seen = self.settle()
        turns = 0
        while (due := self.session.deadline()) is not None and due <= end and not self.session.failure:
            assert due >= self.now - 1.0, "a deadline long past would spin"
            turns += 1
            assert turns < 1000
            self.now = max(due, self.now)
            self.events += self.session.advance(self.now)
            seen += self.settle()
        self.now = end
        return seen

    def holds(self) -> bool:
        return self.session.may_hold_the_line

    def off_hook(self) -> list[ModemEvent]:
        self.events += self.session.go_off_hook(self.now)
        return self.settle()

    def on_hook(self) -> list[ModemEvent]:
        self.events += self.session.go_on_hook(self.now)
        return self.settle()

    def sent(self, since: int = 0) -> list[str]:
        return [command for _, command in self.written[since:]]


def ready_desk(*, timing: ModemTiming = REAL, options: ModemOptions = PLAIN_OPTIONS) -> Desk:
    """One whose modem is set up."""
    desk = Desk(timing=timing, options=options)
    assert any(isinstance(event, ModemReady) for event in desk.settle())
    return desk
