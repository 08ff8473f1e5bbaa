"""Times as the store keeps them: whole milliseconds since 1970, UTC. Nothing here reads a clock."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Milliseconds of an aware time; a naive one raises TypeError, for nobody could say which hour it means."""
    return (moment - EPOCH) // MILLISECOND


def to_ms_or_none(moment: datetime | None) -> int | None:
    """The same, where a time may be missing."""
    return None if moment is None else to_ms(moment)


def from_ms(value: int) -> datetime:
    """The aware UTC time of stored milliseconds."""
    return EPOCH + value * MILLISECOND


def from_ms_or_none(value: int | None) -> datetime | None:
    """The same, where a time may be missing."""
    return None if value is None else from_ms(value)
