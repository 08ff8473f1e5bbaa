"""Parts of the week in words: "Monday to Friday, 8:00 am to 5:00 pm". No request, no clock and no SQL may enter."""

from appliance.core.week import DAY_MINUTES, Span, spans_of
from web.when import wall
from web.words_policy import days


def span_words(span: Span, country: str) -> str:
    """One part of the week, as people in that country write the time of day."""
    times = f"{wall(span.start, country)} to {wall(span.end, country)}"
    if (span.end - span.start) % DAY_MINUTES == 0:
        times = "all day" if span.start == 0 else f"{times} the next day"
    elif span.end < span.start:
        times = f"{times} the next day"
    return f"{days(span.days)}, {times}"


def hours_words(hours: str, country: str) -> str:
    """The hours of an entry, in the form in which they are kept; "" for always, and for what cannot be read."""
    try:
        spans = [span for line in hours.split(";") for span in spans_of(line)] if hours else []
    except ValueError:  # it counts always, see core/hours.py
        return ""
    return "; ".join(span_words(span, country) for span in spans)
