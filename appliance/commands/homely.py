"""What the commands about decisions share: the household of the store, a moment, a change, a decision in words.

Nothing here knows a particular command.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from appliance.commands.base import BY, Place, plain
from appliance.core.household import Household, Mode, Treatment
from appliance.errors import InvalidValue

if TYPE_CHECKING:
    from appliance.core.caller import Caller
    from appliance.core.history import Past
    from appliance.judging import Judged
    from appliance.store import Store


def household_of(
    place: Place, store: "Store", *, changed: Mapping[str, str] | None = None, past: "Past | None" = None
) -> Household:
    """What a decision depends on, as the line process sees it; `changed` settings count as if they were stored.

    Raises InvalidValue for a setting that does not exist or cannot have that value.
    """
    from appliance.core.history import NOTHING_BEFORE
    from appliance.store.reported import ReportedFile

    config = place.config()
    reports = ReportedFile(config.data)
    click.get_current_context().call_on_close(reports.close)
    return store.settings.household(
        config.country,
        config.area_code,
        reports=reports,
        past=past or NOTHING_BEFORE,
        changed=changed or {},
    )


def local_now(household: Household) -> datetime:
    """Now, as wall time of the household's zone."""
    return datetime.now(UTC).astimezone(household.zone)


def moment(text: str, household: Household) -> datetime:
    """The moment that a person means, in the household's zone. Raises InvalidValue with what to write."""
    from appliance.core.moment_text import moment_of

    try:
        return moment_of(text, local_now(household))
    except ValueError as error:
        raise InvalidValue(str(error)) from error


def change(place: Place, store: "Store", name: str, value: str) -> str:
    """Change one setting, and tell the line and the page; the value as it is kept comes back. Raises InvalidValue."""
    config = place.config()
    store.settings.set(name, value, by=BY, now=datetime.now(UTC), country=config.country, area_code=config.area_code)
    place.ring()
    return store.settings.get(name)


def who(caller: "Caller", household: Household) -> str:
    """A caller at the beginning of a sentence."""
    from appliance.core.caller import Presentation, display

    shown = {
        Presentation.RESTRICTED: "A caller who withholds the number",
        Presentation.UNAVAILABLE: "A caller whose number is not available",
        Presentation.NONE: "A call whose Caller ID arrives damaged" if caller.damaged else "A call without Caller ID",
    }.get(caller.presentation) or (display(caller.number, household.country) if caller.number else caller.shown)
    return plain(f"{shown} {caller.name}" if caller.name else shown)


def because(judged: "Judged", household: Household) -> str:
    """What happens and why, with what the main switch makes of it."""
    from appliance.core.explaining import sentence

    treatment = judged.treated.treatment
    text = plain(sentence(judged.decision, treatment, judged.treated.wanted))
    if treatment is Treatment.RING or household.mode is Mode.ON:
        return text
    return f"{text} But the mode is {household.mode.value}, so the phone rings."
