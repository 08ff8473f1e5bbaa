"""Which port to try now, after what was done to bring back a modem that does not answer: search, ladder and USB as one.

For the modem's thread, while no port is open. It opens none, and knows nothing of what is said on one.
"""

import logging
import time
from collections.abc import Callable

from hardware.events import RecoveryStep, RecoveryTried
from hardware.recovery import Ladder, Sight
from hardware.search import PortSearch
from hardware.usb_power import UsbPower

log = logging.getLogger(__name__)


class Revival:
    """`tell(RecoveryTried, monotonic seconds)` is called for every step; `stopping` says whether to take no more."""

    def __init__(
        self,
        search: PortSearch,
        ladder: Ladder,
        usb: UsbPower,
        *,
        tell: Callable[[RecoveryTried, float], None],
        stopping: Callable[[], bool],
    ) -> None:
        self._search, self._ladder, self._usb = search, ladder, usb
        self._tell, self._stopping = tell, stopping
        self._dead: list[str] = []  # the ports tried last that did not answer
        self._first_look = True

    def ports(self) -> list[str]:
        """The paths to try now, in order, after the steps that are due were taken; they may take half a minute."""
        now, sight = time.monotonic(), self._search.sight()
        if self._first_look and sight is Sight.ABSENT:
            self._usb.mend()
        self._first_look = False
        self._ladder.saw(sight, now)
        while (step := self._ladder.due(now)) is not None and not self._stopping():
            self._take(step)
            now = time.monotonic()
        return self._search.due(now) if self._ladder.may_open(now) else []

    def ready(self, now: float) -> None:
        """A modem answered and is set up."""
        self._search.worked()
        self._ladder.ready(now)

    def none_works(self, dead: list[str]) -> None:
        """Of the ports given none works, or the one that did was lost; those in `dead` are there and do not answer."""
        now = time.monotonic()
        self._dead = dead
        if dead:
            self._ladder.failed(now)
            self._search.failed(now, rest=0.0)
        else:
            self._search.failed(now)

    def gone(self) -> None:
        """The port that was open hung up."""
        self._ladder.gone()

    def why_nothing(self) -> str | None:
        """One plain sentence when there is no port to try, and not because of what is being done to the modem."""
        return None if self._ladder.recovering else self._search.why_nothing()

    @property
    def factory_reset(self) -> bool:
        """Whether the next set-up takes the factory's settings."""
        return self._ladder.factory_reset

    def _take(self, step: RecoveryStep) -> None:
        news = self._ladder.is_news(step)
        match step:
            case RecoveryStep.USB_RECONNECT:
                trouble = self._usb.reconnect(self._dead)
            case RecoveryStep.USB_POWER:
                trouble = self._usb.cycle()
            case _:  # a matter of when and how the port is opened next
                trouble = ""
        now = time.monotonic()
        self._ladder.done(now, trouble)
        if news:
            log.warning("recovery=%s ports=%s trouble=%r", step.value, ",".join(self._dead), trouble)
            self._tell(RecoveryTried(step, trouble), now)
