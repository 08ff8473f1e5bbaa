"""Reports, entries and whole households by chance, for what must hold for all of them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from appliance.core.history import PastCall
from appliance.core.household import Category, Entry, EntryKind, ListName
from tests.core.reports import NOW, Home, Shown, Why, entry, past_call, reported

NUMBER = "+12125550123"
HOUR = timedelta(hours=1)

SHOWN = st.sampled_from(
    ["2125550123", "12125550123", "+12125550199", "6135550123", "442079460123", "911", "0000000000", "885"]
)
NAMES = st.sampled_from([None, "ACME ROOFING", "AUNT MAY", "SPAM?", "[V] AUNT MAY", "2125550123", "NEW YORK NY"])
CALLED = st.sampled_from([None, "2125550142", "5550143", "0142", "P", ""])
RINGS = st.sampled_from([None, "A", "B", "ring b"])
REPORTS = st.one_of(
    st.none(),
    st.builds(Shown, SHOWN, NAMES, st.none(), CALLED),
    st.builds(Shown, st.none(), NAMES, st.sampled_from(Why), CALLED),
)

VALUES = {
    EntryKind.EXACT: st.sampled_from([NUMBER, "+12125550199", "+12125550124", "911", "885", "0000000000"]),
    EntryKind.PREFIX: st.sampled_from(["+1", "+1212", "+44", "9", "0"]),
    EntryKind.PATTERN: st.sampled_from(["*", "+1*", "*0123", "???", "0*"]),
    EntryKind.NAME: st.sampled_from(["*", "ACME*", "AUNT MAY", "*?", "*SPAM*"]),
    EntryKind.DIALLED: st.sampled_from(["+12125550142", "5550143", "0142"]),
    EntryKind.RING: st.sampled_from(["A", "B"]),
}
UNTIL = st.sampled_from([None, None, NOW - HOUR, NOW, NOW + HOUR])
HOURS = st.sampled_from(["", "", "mon-sun 11:00-13:00", "mon-sun 20:00-22:00"])


@st.composite
def entries(draw: st.DrawFn, on: st.SearchStrategy[ListName] = st.sampled_from(ListName)) -> Entry:  # noqa: B008  # strategies are values
    kind = draw(st.sampled_from(EntryKind))
    made = entry(draw(on), draw(VALUES[kind]), kind, until=draw(UNTIL), hours=draw(HOURS))
    return replace(made, vip=draw(st.booleans()))


CALLS: st.SearchStrategy[PastCall] = st.builds(
    past_call,
    st.one_of(st.none(), SHOWN),
    st.sampled_from([-60, 10, 50, 200, 1_000, 5_000, 90_000]),
    category=st.sampled_from([Category.UNKNOWN, Category.BLOCKED, Category.BURST]),
    blocked=st.booleans(),
    short=st.booleans(),
)

HOMES = st.builds(
    Home,
    st.lists(entries(), max_size=6),
    permit_next_until=UNTIL,
    expecting_until=UNTIL,
    numbers=st.sampled_from([(), ("+12125550177",), (NUMBER,)]),
    reports=st.sampled_from([{}, {NUMBER: reported()}, {NUMBER: reported(10)}]),
    calls=st.lists(CALLS, max_size=4),
    switched=st.sampled_from([{}, {"burst": True, "toll_free": True}, {"reported": False, "impossible": False}]),
)
