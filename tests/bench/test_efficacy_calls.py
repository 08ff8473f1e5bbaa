"""The made-up calls of the efficacy benchmark: one set by a seed, complete, valid; and every figure with its source."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from appliance.tracing import parsed
from bench.efficacy.plans import fits, plans
from bench.efficacy.population import START, traces
from bench.efficacy.scene import Behaviour
from bench.efficacy.traces import Call, Trace
from bench.efficacy.unwanted import REDIALS, UNWANTED
from bench.efficacy.wanted import AGAIN, WANTED
from bench.efficacy.weights import ASSUMPTION, DEFAULT, weights

SEED = 20261122
DAYS = 60


@pytest.fixture(scope="module")
def everywhere() -> list[Trace]:
    return [trace for region in plans() for trace in traces(region, 4, DAYS, SEED)]


@pytest.fixture(scope="module")
def calls(everywhere: list[Trace]) -> list[Call]:
    return [call for trace in everywhere for call in trace.calls]


def test_one_seed_gives_one_set_of_calls() -> None:
    assert traces("US", 2, 20, SEED) == traces("US", 2, 20, SEED)
    assert traces("US", 2, 20, SEED) != traces("US", 2, 20, SEED + 1)


def test_one_household_more_changes_none_of_the_others() -> None:
    assert traces("FR", 3, 20, SEED)[:2] == traces("FR", 2, 20, SEED)


def test_every_kind_of_call_occurs_and_no_other(calls: list[Call]) -> None:
    unwanted = {(False, kind) for kind in [*(behaviour.kind for behaviour in UNWANTED), *REDIALS]}
    wanted = {(True, kind) for kind in [*(behaviour.kind for behaviour in WANTED), *AGAIN]}
    assert set(Counter((call.wanted, call.kind) for call in calls)) == unwanted | wanted


def test_every_call_is_a_line_that_a_trace_may_hold(calls: list[Call]) -> None:
    for call in calls:
        found = parsed(call.line().encode())
        assert (found.id, found.at, found.rings) == (call.id, call.at, call.rings)
        assert found.answered == (call.answered is not None)


def test_a_line_tells_nothing_of_the_truth(calls: list[Call]) -> None:
    told = {"id", "at", "number", "name", "absence", "rings", "answered", "duration_s"}
    assert all(set(json.loads(call.line())) == told for call in calls)


def test_calls_come_in_order_and_each_has_an_id_of_its_own(everywhere: list[Trace]) -> None:
    for trace in everywhere:
        moments = [call.at for call in trace.calls]
        assert moments == sorted(moments)
        assert len({call.id for call in trace.calls}) == len(trace.calls)
        assert moments[0].date() >= START
        assert moments[-1].date() <= START + timedelta(days=DAYS + 1)


def test_a_call_shows_a_number_or_says_why_not(calls: list[Call]) -> None:
    assert all((call.number is None) == (call.absence is not None) for call in calls)


def test_every_figure_has_a_source_or_is_called_an_assumption() -> None:
    found = weights()
    for place, figure in found.every_figure().items():
        assert figure.source == ASSUMPTION or figure.source in found.sources, place
        assert figure.why, place
        assert figure.value >= 0, place


def test_every_source_is_leant_on() -> None:
    found = weights()
    figures = found.every_figure().values()
    leant_on = {figure.source for figure in figures} | {s for f in figures for s in found.sources if s in f.why}
    assert leant_on - {ASSUMPTION} == set(found.sources)
    assert all(source.url.startswith("https://") and source.title for source in found.sources.values())


@pytest.mark.parametrize(("what", "behaviours"), [("unwanted", UNWANTED), ("wanted", WANTED)])
def test_a_mix_names_behaviours_that_exist_and_each_has_a_share_somewhere(
    what: str, behaviours: Sequence[Behaviour]
) -> None:
    mixes = weights().mix[what]
    assert {kind for mix in mixes.values() for kind in mix} == {behaviour.kind for behaviour in behaviours}
    assert set(mixes) - {DEFAULT} <= set(plans())


def test_no_ordinary_number_is_one_that_is_kept_for_fiction(everywhere: list[Trace]) -> None:
    for trace in everywhere:
        fiction = plans()[trace.home.region].fiction
        national = [trace.home.number, *trace.home.offices, *trace.home.steady]
        for number in national:
            assert not any(fits(beginning, number) for beginning in fiction)
