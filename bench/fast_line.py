"""The line process with the times of the telephone network cut to a twentieth, so that a hundred calls take a minute.

Only what follows the off-hook command is hurried: how long a dropped call is held and then guarded against. What is
measured, from the report to the off-hook command, runs as it is. The simulated line is hurried by the same factor.
"""

import sys

from appliance.cli import main
from appliance.core import call_hook_rows, call_moves, call_rows
from hardware import cadence

HASTE = 20.0

if __name__ == "__main__":
    for constant in ("HOLD_S", "MARGIN_S"):
        hurried = getattr(call_moves, constant) / HASTE
        for module in (call_moves, call_rows, call_hook_rows):  # the rows hold names of their own for them
            if hasattr(module, constant):
                setattr(module, constant, hurried)
    cadence.CADENCES["US"] = cadence.Cadence(tuple(part / HASTE for part in cadence.NORTH_AMERICA.pattern))
    sys.exit(main())
