"""What the diagnosis of missing Caller ID wants to know, from hardware's tables, which the core may not read."""

from appliance.core.diagnosis import Facts, Sending
from appliance.store import LineStatus
from hardware.country import SIGNALLING, Signalling, codes_for
from hardware.events import Concern
from hardware.profiles import V253, profile_named

_SENDING = {
    Signalling.ETSI_DTMF: Sending.TONES,
    Signalling.BRITAIN: Sending.BEFORE_RING,
    Signalling.JAPAN: Sending.AFTER_ANSWER,
}


def facts_of(line: LineStatus, country: str, *, damaged_calls: int = 0, settings_lost: int = 0) -> Facts:
    """The facts of a line in `country` (ISO 3166 alpha-2), from its status row and what no row tells."""
    profile = profile_named(line.profile) or V253
    signalling = SIGNALLING.get(country)
    served_by = codes_for(country, profile.europe)
    return Facts(
        silent_calls=line.rings_without_caller_id,
        damaged_calls=damaged_calls,
        settings_lost=settings_lost,
        ever_reported=line.last_report_at is not None,
        can_report=line.caller_id,
        country=country,
        country_code=line.country_code,
        country_fits=not line.country_code or not served_by or line.country_code in served_by,
        country_refused=Concern.COUNTRY_REFUSED.value in line.concerns,
        old_firmware=Concern.OLD_FIRMWARE.value in line.concerns,
        sending=_SENDING.get(signalling, Sending.USUAL) if signalling else Sending.USUAL,
        told_how=signalling in profile.signalling,
    )
