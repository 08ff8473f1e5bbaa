"""The simulated modems by name, and the codes of countries. Nothing but tables may enter."""

from collections.abc import Mapping

from hardware.simulator import models_conexant, models_lucent, models_other
from hardware.simulator.models_lucent import USR
from hardware.simulator.models_other import OLD, PLAIN
from hardware.simulator.modem_model import ModemModel

MODELS: Mapping[str, ModemModel] = {
    row.name: row for row in (*models_lucent.ROWS, *models_conexant.ROWS, *models_other.ROWS)
}

# Country codes of +GCI (ITU-T T.35), so that a host which asks is told where this line is.
COUNTRY_CODE: Mapping[str, str] = {
    "US": "B5", "CA": "20", "GB": "B4", "IE": "57", "AU": "09", "NZ": "7E", "IN": "53", "JP": "00", "BR": "16",
    "DE": "42", "NL": "7B", "FR": "3D", "IT": "59", "ES": "A0", "BE": "0F", "CH": "A6", "AT": "0A",
    "DK": "31", "SE": "A5", "FI": "3C", "NO": "82", "GR": "46", "PT": "8B", "PL": "8A", "CZ": "2E", "HU": "51",
    "TR": "AE",
}  # fmt: skip
TBR_21 = "F6"  # the European code that covers the rest

__all__ = ["COUNTRY_CODE", "MODELS", "OLD", "PLAIN", "TBR_21", "USR", "ModemModel"]
