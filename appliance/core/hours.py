"""When an entry of a list counts: its hours, as a text that is kept and read back. Wall time only; no zone, no date.

The normal form is "mon-fri 08:00-17:00; sat 09:00-12:00", and "" for always. A span past midnight belongs to the day
on which it begins. On the day the clocks change, wall time is what counts: an hour left out never comes, and one that
comes twice counts twice.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from appliance.core.week import DAY_MINUTES, EVERY_DAY, SPAN_LIMIT, Span, plain_text, spans_of

_ALWAYS = frozenset({"", "always", "any time", "anytime", "all day", "24/7"})


def hours_key(text: str) -> str:
    """The normal form of hours typed by a person. Raises ValueError with a sentence that shows how to write it."""
    plain = plain_text(text)
    if " ".join(plain.split()) in _ALWAYS:
        return ""
    lines = [line for line in re.split("[;\n]", plain) if line.strip()]
    spans = _joined([span for line in lines for span in spans_of(line)])
    if not spans:
        raise ValueError('Write the hours such as "mon-fri 08:00-17:00; sat 09:00-12:00", or nothing for always.')
    if len(spans) > SPAN_LIMIT:
        raise ValueError(f"That is too much for one entry: at most {SPAN_LIMIT} times of the week.")
    return "" if any(_whole_week(span) for span in spans) else "; ".join(map(str, spans))


def within(hours: str, local: datetime) -> bool:
    """Whether hours in their normal form hold at that wall time.

    Never raises: a stored text that can no longer be read counts as always, as an entry without hours does.
    """
    if not hours:
        return True
    spans = _read(hours)
    weekday, minute = local.weekday(), local.hour * 60 + local.minute
    return not spans or any(span.covers(weekday, minute) for span in spans)


@lru_cache(maxsize=1024)  # more different hours than a household has; each is a hundred bytes
def _read(hours: str) -> tuple[Span, ...]:
    try:
        return tuple(span for line in hours.split(";") for span in spans_of(line))
    except ValueError:
        return ()


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The same with one span for equal times: the days of all of them."""
    days: dict[tuple[int, int], frozenset[int]] = {}
    for span in spans:
        times = (span.start, span.end)
        days[times] = days.get(times, frozenset()) | span.days
    return [Span(on, *times) for times, on in days.items()]


def _whole_week(span: Span) -> bool:
    return span.days == EVERY_DAY and (span.end - span.start) % DAY_MINUTES == 0
