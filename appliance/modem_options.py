"""What quietline.toml says of the modem, as the modem's room wants it. The pages read the file too, and may not come
near hardware: that is why this is not in config.py.
"""

from appliance.config import Config
from hardware.profiles import ModemOptions, profile_named
from hardware.usb_power import PowerOptions


def modem_options(config: Config) -> ModemOptions:
    """How the modem is to be set up; `config` has been checked."""
    modem = config.modem
    return ModemOptions(
        country=config.country,
        profile=profile_named(modem.profile),
        raw_caller_id=modem.caller_id == "raw",
        distinctive_ring=modem.distinctive_ring,
        extra=modem.extra,
    )


def power_options(config: Config) -> PowerOptions:
    """What may be done to wake a modem that hangs; `config` has been checked."""
    return PowerOptions(usb_reconnect=config.modem.usb_reconnect, uhubctl=config.modem.usb_power or None)
