"""Dates as instants that can be compared: microseconds since 1970, UTC."""

from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def instant(moment: date) -> int:
    """Return the instant of a datetime, or the first instant (UTC) of a plain date."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min, tzinfo=UTC)
    elif moment.tzinfo is None:
        raise ValueError(f"expected a datetime with its time zone, got {moment.isoformat()}")
    return (moment - EPOCH) // MICROSECOND


def after(moment: date) -> int:
    """Return the first instant that is later: the next day's for a date, else the next one."""
    if isinstance(moment, datetime):
        return instant(moment) + 1
    # 9999-12-31 has no next day; its own last instant is late enough.
    return instant(moment) + timedelta(days=1) // MICROSECOND


def from_instant(microseconds: int) -> datetime:
    """Return the instant as a datetime in UTC."""
    return EPOCH + microseconds * MICROSECOND


def parse_iso(text: str) -> date:
    """Read what `date.isoformat` or `datetime.isoformat` wrote."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
