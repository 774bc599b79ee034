"""Fitting a tour to the time: no better way exists, which small tours prove by trying all."""

import itertools
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tours.guiding.fitting import Fit, Leg, Option, fit

halves = st.integers(0, 40).map(lambda n: Decimal(n) / 2)
options = st.lists(
    st.builds(Option, st.sampled_from([30, 180, 600]), halves), min_size=1, max_size=3, unique_by=lambda o: o.length
)


@st.composite
def tours(draw: st.DrawFn) -> list[Leg]:
    """Draw a tour of up to five stops."""
    legs = []
    for key in range(draw(st.integers(0, 5))):
        ways = draw(options)
        legs.append(
            Leg(
                key, Decimal(draw(st.integers(0, 6))) / 2, draw(st.sampled_from(ways)), tuple(ways), draw(st.booleans())
            )
        )
    return legs


def minutes(legs: list[Leg], way: tuple) -> Decimal:
    """Return what a way takes: no walk after the last stop kept."""
    last = max((number for number, option in enumerate(way, 1) if option), default=0)
    return sum((o.minutes for o in way if o), Decimal(0)) + sum((leg.walking for leg in legs[:last]), Decimal(0))


def score(legs: list[Leg], way: tuple) -> tuple:
    """Return what the module promises to make greatest, in its order."""
    kept = [option for option in way if option]
    return len(kept), sum(o.minutes for o in kept), sum(o == leg.now for o, leg in zip(way, legs, strict=True))


def best(legs: list[Leg], time: Decimal) -> tuple | None:
    """Return the best score of all ways there are; None when none is short enough."""
    ways = itertools.product(*(leg.choices if leg.locked else (*leg.choices, None) for leg in legs))
    return max((score(legs, way) for way in ways if minutes(legs, way) <= time), default=None)


@settings(max_examples=300)
@given(tours(), halves)
def test_no_way_is_better(legs: list[Leg], time: Decimal) -> None:
    """Against trying every way: the same number of stops, the same minutes told, as few changes."""
    found = fit(legs, time)
    way = tuple(found.chosen[leg.key] for leg in legs)
    wanted = best(legs, time)
    assert found.fits == (wanted is not None)
    assert found.minutes == minutes(legs, way)
    if wanted is not None:
        assert found.minutes <= time
        assert score(legs, way) == wanted


@settings(max_examples=100)
@given(tours(), halves)
def test_a_locked_stop_is_left_as_it_is(legs: list[Leg], time: Decimal) -> None:
    """Whatever the time, and even when it does not fit."""
    found = fit(legs, time)
    assert all(found.chosen[leg.key] == leg.now for leg in legs if leg.locked)


def test_what_fits_is_left_as_it_is() -> None:
    """Nothing longer is on offer unless it is among the options."""
    now = Option(180, Decimal(3))
    assert fit([Leg(1, Decimal(2), now, (Option(30, Decimal("0.5")),))], Decimal(45)) == Fit({1: now}, Decimal(5), True)


def test_no_stop_takes_no_time() -> None:
    """An empty tour fits anything."""
    assert fit([], Decimal(0)) == Fit({}, Decimal(0), True)
