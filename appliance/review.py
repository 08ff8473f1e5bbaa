"""Likely mistakes in what the household has decided, each as one sentence with what to do about it. No SQL, no page.

Nothing is changed here: a finding is a question to the household. A blocked caller who left a message belongs here too,
once there are messages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from appliance.core.caller import display, list_key
from appliance.core.household import Entry, EntryKind, Household, ListName
from appliance.core.numbering import ALWAYS_THROUGH, facts_of
from appliance.core.time_words import date_text
from appliance.store import Store

DAYS = 30
"""What counts as lately: a month holds a bill, a birthday and a doctor's appointment, and is still remembered."""

INSISTS = 3
"""Calls of one number that were turned away: once is advertising, thrice may be somebody who means it."""

UNSEEN_DAYS = 365
"""An entry is only called never seen after this: an aunt may call once a year."""

SOON = timedelta(days=7)
SHOWN = 50  # findings of one kind; more are no review but a list


class Kind(Enum):
    """What may be wrong."""

    BLOCKED_EMERGENCY = "blocked_emergency"
    CALLS_AGAIN = "calls_again"  # turned away three times or more
    WANTED_AFTER_ALL = "wanted_after_all"  # turned away, then permitted
    ENDS_SOON = "ends_soon"  # an entry that a rule made, and that expires
    NEVER_SEEN = "never_seen"


class Advice(Enum):
    """What to do about it."""

    PERMIT = "permit"  # the number
    REMOVE = "remove"  # the entry
    KEEP = "keep"  # the entry, for good
    NOTHING = "nothing"  # it is put right already; look at what did it


@dataclass(frozen=True, slots=True)
class Finding:
    """One likely mistake. `number` as in a list entry's value, "" for none; `entry_id` where it is about an entry."""

    kind: Kind
    sentence: str
    advice: Advice
    number: str = ""
    label: str = ""
    entry_id: int | None = None


def review(store: Store, household: Household, now: datetime, days: int = DAYS) -> tuple[Finding, ...]:
    """What may be wrong, the gravest first. `days`: how far to look back for calls. Raises StoreError."""
    since = now - timedelta(days=days)
    return (
        *_blocked_emergency(household),
        *_calls_again(store, household, now, since, days),
        *_wanted_after_all(store, household, since),
        *_ends_soon(store, household, now),
        *_never_seen(store, household, now - timedelta(days=max(days, UNSEEN_DAYS))),
    )


def _blocked_emergency(household: Household) -> Iterator[Finding]:
    """Nothing but an entry for the very number keeps an emergency or operator number out."""
    numbers = {
        list_key(one.prefix, household.country, household.area_code)
        for one in facts_of(household.country).ranges
        if one.meaning in ALWAYS_THROUGH and one.lengths == (len(one.prefix),)
    }
    for entry in household.index.matching(sorted(numbers)):
        if entry.list is ListName.BLOCK and entry.kind is EntryKind.EXACT:
            text = (
                f"{_named(entry, household)} is on your block list, but it is an emergency or operator number. "
                "If it calls back, you would not hear it."
            )
            yield _of(entry, Kind.BLOCKED_EMERGENCY, text, Advice.REMOVE)


def _calls_again(store: Store, household: Household, now: datetime, since: datetime, days: int) -> Iterator[Finding]:
    for found in store.second_look.turned_away_often(since, INSISTS, SHOWN):
        entries = [entry for entry in household.index.matching([found.number]) if entry.live(now)]
        if any(entry.list is not ListName.BLOCK for entry in entries):
            continue  # by now it gets through
        label = next((entry.label for entry in entries if entry.label), "")
        shown = display(found.number, household.country) + (f" ({label})" if label else "")
        text = (
            f"{shown} was turned away {found.calls} times in the last {days} days, and keeps calling. Do you know it?"
        )
        yield Finding(Kind.CALLS_AGAIN, text, Advice.PERMIT, found.number, label)


def _wanted_after_all(store: Store, household: Household, since: datetime) -> Iterator[Finding]:
    for name, where in ((ListName.PERMIT, "on your permit list"), (ListName.CONTACT, "in your contacts")):
        for found in store.second_look.wanted_after_all(name, since, SHOWN):
            times = "once" if found.calls == 1 else f"{found.calls} times"
            text = (
                f"{_named(found.entry, household)} had been turned away {times} before you put it {where}. "
                "Look in the list of calls which rule did that: it may be too strict for you."
            )
            yield _of(found.entry, Kind.WANTED_AFTER_ALL, text, Advice.NOTHING)


def _ends_soon(store: Store, household: Household, now: datetime) -> Iterator[Finding]:
    for entry in store.second_look.automatic_ending(now, now + SOON, SHOWN):
        assert entry.expires_at is not None  # nothing automatic is for ever
        text = (
            f"{_named(entry, household)} was put on your {entry.list.value} list by Quietline itself, and goes from "
            f"it on {date_text(entry.expires_at.astimezone(household.zone))}."
        )
        yield _of(entry, Kind.ENDS_SOON, text, Advice.KEEP)


def _never_seen(store: Store, household: Household, since: datetime) -> Iterator[Finding]:
    for name, where in ((ListName.PERMIT, "on your permit list"), (ListName.CONTACT, "in your contacts")):
        for entry in store.second_look.never_seen(name, since, SHOWN):
            text = (
                f"{_named(entry, household)} is {where}, but has not called since "
                f"{date_text(since.astimezone(household.zone))}. Is it still right?"
            )
            yield _of(entry, Kind.NEVER_SEEN, text, Advice.REMOVE)


def _of(entry: Entry, kind: Kind, text: str, advice: Advice) -> Finding:
    return Finding(kind, text, advice, entry.value, entry.label, entry.id)


def _named(entry: Entry, household: Household) -> str:
    value = display(entry.value, household.country) if entry.kind is EntryKind.EXACT else entry.value
    return f"{value} ({entry.label})" if entry.label else value
