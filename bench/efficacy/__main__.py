"""`python -m bench.efficacy`: the same measurement with a choice of countries, presets and sizes, as tables or JSON."""

import argparse
import sys
from collections.abc import Sequence

from bench.efficacy.plans import plans
from bench.efficacy.population import traces
from bench.efficacy.run import DAYS, HOUSEHOLDS, PRESETS, SEED, report, results_of
from bench.efficacy.tables import as_json


def main(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    if chosen.calls:
        for region in chosen.country or plans():
            for trace in traces(region, chosen.households, chosen.days, chosen.seed):
                print(*(call.line() for call in trace.calls), sep="\n")
        return 0
    regions, presets = chosen.country or tuple(plans()), chosen.preset or PRESETS
    results = results_of(regions, presets, chosen.households, chosen.days, chosen.seed)
    print(as_json(results) if chosen.json else report(results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench efficacy", description=__doc__)
    parser.add_argument("--country", action="append", choices=tuple(plans()), help="only this one; may be repeated")
    parser.add_argument("--preset", action="append", help="only this one; may be repeated")
    parser.add_argument("--households", type=int, default=HOUSEHOLDS, help=f"of each country ({HOUSEHOLDS})")
    parser.add_argument("--days", type=int, default=DAYS, help=f"of calls ({DAYS})")
    parser.add_argument("--seed", type=int, default=SEED, help="another one gives other calls")
    parser.add_argument("--json", action="store_true", help="everything that was counted, for programs")
    parser.add_argument("--calls", action="store_true", help="play nothing, print the traces")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
