"""What a pack was made from, compared with what holds now."""

from collections.abc import Callable

from wagtail.models import PageViewRestriction

from tours.guiding.facts import changes, facts_of, fingerprint
from tours.guiding.telling import tell
from tours.models import Stop, Tour


def taken(tour: Tour) -> list:
    """Return the facts of a tour as a pack keeps them."""
    return [facts_of(told) for told in tell(tour, None).stops]


def test_nothing_changed(exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]) -> None:
    """Fresh: no stop is listed, and the fingerprint is the same."""
    case = exhibit("行李箱")
    tour = draw_up((case, write("故事", case)))
    assert changes(taken(tour), tell(tour, None)) == []
    assert fingerprint(tell(tour, None)) == fingerprint(tell(tour, None))


def test_a_corrected_date_is_named_with_its_stop(exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """Stop 2, and the date before and now."""
    case = exhibit("行李箱", date_text="1993年")
    tour = draw_up((exhibit("胸像"), None), (case, None))
    before, print_before = taken(tour), fingerprint(tell(tour, None))
    case.date_text = "1992年"
    case.save()
    now = tell(tour, None)
    assert [(c.number, c.fields) for c in changes(before, now)] == [(2, {"date": ("1993年", "1992年")})]
    assert fingerprint(now) != print_before


def test_a_hidden_exhibit_is_a_gap_and_says_no_more(exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """Neither what it is nor what it was."""
    case = exhibit("行李箱")
    tour = draw_up((case, None))
    before = taken(tour)
    PageViewRestriction.objects.create(page_id=case.pk, restriction_type=PageViewRestriction.LOGIN)
    found = changes(before, tell(tour, None))
    assert [(c.number, c.gap, c.fields) for c in found] == [(1, True, {})]
    assert changes(taken(tour), tell(tour, None)) == []


def test_stops_that_came_and_went_are_listed(exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """One removed, one added, one that moved up."""
    tour = draw_up((exhibit("一"), None), (exhibit("二"), None))
    before = taken(tour)
    Stop.objects.filter(tour=tour).first().delete()
    Stop.objects.create(tour=tour, holding=exhibit("三"), sort_order=9)
    found = changes(before, tell(tour, None))
    assert [(c.number, c.gone) for c in found] == [(1, False), (1, True), (2, False)]
    assert found[0].fields == {"number": ("2", "1")}
    assert found[2].fields["title"] == ("", "三")
