import pytest

from hardware.cadence import BRITAIN, CADENCES, EUROPE, NORTH_AMERICA, Cadence, cadence_of


def test_an_american_ring_sounds_two_seconds_in_six() -> None:
    assert (NORTH_AMERICA.sounding, NORTH_AMERICA.period) == (2.0, 6.0)
    assert NORTH_AMERICA.same_ring == 2.5
    assert NORTH_AMERICA.gap == 9.0


def test_a_british_double_ring_is_one_ring() -> None:
    assert BRITAIN.sounding == pytest.approx(1.0)
    assert BRITAIN.period == pytest.approx(3.0)
    assert BRITAIN.same_ring < BRITAIN.period
    assert BRITAIN.gap == 8.0


@pytest.mark.parametrize("cadence", CADENCES.values(), ids=CADENCES.keys())
def test_in_every_country_rings_are_told_apart_and_end_in_silence(cadence: Cadence) -> None:
    assert len(cadence.pattern) % 2 == 0
    assert all(part > 0 for part in cadence.pattern)
    assert cadence.pattern[-1] == max(cadence.pattern)
    assert cadence.same_ring < cadence.period < cadence.gap


@pytest.mark.parametrize(
    ("country", "pattern"),
    [("HU", (1.25, 3.75)), ("PT", (1.0, 5.0)), ("AT", (1.0, 5.0)), ("HK", (0.4, 0.2, 0.4, 3.0)), ("TR", (2.0, 4.0))],
)
def test_countries_ring_in_their_own_way(country: str, pattern: tuple[float, ...]) -> None:
    assert cadence_of(country).pattern == pattern


def test_a_country_that_is_not_listed_rings_as_most_of_europe_does() -> None:
    assert cadence_of("XX") == EUROPE
