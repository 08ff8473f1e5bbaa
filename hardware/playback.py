"""When which samples are written to a modem that plays them: never so late that it runs dry, never far ahead.

Sans-IO. What is far ahead cannot be taken back when the caller presses a key, and fills buffers that nobody sees.
"""

from hardware.events import LineSignal

# Seconds of sound that the modem holds: a piece is added when it is down to LEAST, which is what a busy machine has to
# spare. vgetty writes pieces of 0.1 s as fast as the modem's flow control lets it.
LEAST = 0.3
PIECE = 0.2
# Seconds that a modem may ask us to wait (XOFF). Half a second of sound has long been played by then: the word to go
# on was lost.
LONGEST_PAUSE = 3.0
# Seconds without samples after which a stream that was never ended counts as forgotten. Prompts follow each other
# within one; the modem only plays silence meanwhile.
STARVED = 5.0


class Playback:
    """The samples of one stream, and how much of them the modem still has to play."""

    def __init__(self) -> None:
        self.ended = False
        self._samples = bytearray()
        self._rate = 8000.0
        self._dry_at = float("-inf")  # when the modem has played everything it was given
        self._paused_until = float("-inf")
        self._ran_dry_at = float("-inf")

    def add(self, samples: bytes, rate: float) -> None:
        """More samples, at `rate` bytes per second."""
        if not rate > 0:
            raise ValueError(f"no rate: {rate!r}")
        self._rate = rate
        self._samples += samples

    def end(self) -> None:
        """Nothing follows what was added."""
        self.ended = True

    def drop(self) -> None:
        """Forget what was not written yet."""
        self._samples.clear()
        self.ended = True

    def start(self, now: float) -> None:
        """The modem takes samples from now on."""
        self._dry_at = now

    @property
    def empty(self) -> bool:
        """Whether everything was written."""
        return not self._samples

    def due(self) -> float | None:
        """When the next piece wants to be written; None without one."""
        if self.empty:
            return None
        return max(self._dry_at - LEAST, self._paused_until)

    def next_piece(self, now: float) -> bytes:
        """The samples to write now, not shielded; b"" when it is not time."""
        due = self.due()
        if due is None or now < due:
            return b""
        piece = bytes(self._samples[: max(1, int(PIECE * self._rate))])
        del self._samples[: len(piece)]
        self._dry_at = self.dry_at(now) + len(piece) / self._rate
        return piece

    def dry_at(self, now: float) -> float:
        """When the modem has played what it was given."""
        return max(self._dry_at, now)

    def told(self, signal: LineSignal, now: float) -> None:
        """What the modem says of its buffer. It is believed only so often: noise must neither flood nor stop it."""
        if signal is LineSignal.UNDERRUN and now >= self._ran_dry_at + LEAST:
            self._ran_dry_at = self._dry_at = now
        elif signal is LineSignal.SENDING_PAUSED and now >= self._paused_until:
            self._paused_until = now + LONGEST_PAUSE
        elif signal is LineSignal.SENDING_RESUMED:
            self._paused_until = float("-inf")
