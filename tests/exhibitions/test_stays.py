"""All stays on one calendar, and a venue that is given to two exhibitions on one day is refused with the other's name (LB9)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from authorities.models import Place
from cms.importing import import_files
from cms.importing.errors import ImportRefused
from cms.models import Shelf
from cms.models.kinds import kind_named
from exhibitions.bookings import bookings, taken
from exhibitions.calendar import MONTHS, calendar, later, month_of
from exhibitions.dates import stay_in_words
from exhibitions.models import Exhibition, ItineraryLeg
from tests.cms.desk.sheets import sheets

pytestmark = pytest.mark.django_db
Stay = tuple[str, str, str]
REFUSED = "”2026年10月15日–30日已经排给《先来的展》。"


@pytest.fixture
def shelf(db: None) -> Shelf:
    """Where exhibitions stand."""
    return Shelf.objects.get(slug="exhibitions")


@pytest.fixture
def put(shelf: Shelf) -> Callable[..., Exhibition]:
    """Return a function that puts an exhibition up with its stays."""

    def make(title: str, *stays: Stay, live: bool = True, place: Place | None = None) -> Exhibition:
        legs = [
            ItineraryLeg(venue=v, opens=a, closes=b, place=place, sort_order=n) for n, (v, a, b) in enumerate(stays)
        ]
        exhibition = shelf.add_child(instance=Exhibition(title=title, legs=legs, live=live))
        exhibition.save_revision(clean=False, changed=not live)
        return exhibition

    return make


@pytest.fixture
def librarian(client: Client, shelf: Shelf) -> Client:
    """A client of a librarian's."""
    user = User.objects.create_user("librarian")
    user.groups.add(Group.objects.get(name="编目员"))
    client.force_login(user)
    return client


def sent(client: Client, address: str, stay: Stay) -> dict:
    """Return what the form of an exhibition sends with one stay."""
    sheet = next(one for one in sheets(client.get(address)) if "legs-TOTAL_FORMS" in one.fields)
    row = dict(zip(("venue", "opens", "closes"), stay, strict=True)) | {"place": "", "ORDER": 1}
    row.setdefault("id", sheet.fields.get("legs-0-id", ""))
    return {**sheet.fields, "title": "后来的展", "legs-TOTAL_FORMS": 1} | {f"legs-0-{k}": v for k, v in row.items()}


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
def test_a_venue_that_another_has_is_refused_in_the_form(
    librarian: Client, shelf: Shelf, put: Callable, live: bool
) -> None:
    put("先来的展", ("滨江馆", "2026-10-15", "2026-10-30"), live=live)
    new = reverse("wagtailadmin_pages:add", args=["exhibitions", "exhibition", shelf.pk])
    refused = librarian.post(new, sent(librarian, new, ("濱江館 ", "2026-10-30", "2026-11-20")))
    assert REFUSED in refused.content.decode()
    assert 'value="2026-11-20"' in refused.content.decode()
    assert Exhibition.objects.count() == 1
    assert librarian.post(new, sent(librarian, new, ("濱江館", "2026-10-31", "2026-11-20"))).status_code == 302
    later_one = Exhibition.objects.exclude(title="先来的展").get()
    edit = reverse("wagtailadmin_pages:edit", args=[later_one.pk])
    assert (
        REFUSED in librarian.post(edit, sent(librarian, edit, ("滨江馆", "2026-10-01", "2026-10-16"))).content.decode()
    )


def test_what_a_draft_moves_is_booked_at_both_times(put: Callable) -> None:
    """The published one stands until the draft is published."""
    one = put("先来的展", ("滨江馆", "2026-10-15", "2026-10-30"))
    one.legs = [ItineraryLeg(venue="滨江馆", opens="2026-12-01", closes="2026-12-05")]
    one.save_revision()
    found = [(b.leg.opens, b.is_draft) for b in bookings(Exhibition.objects.all())]
    assert found == [("2026-10-15", False), ("2026-12-01", True)]
    for day in ("2026-10-20", "2026-12-03"):
        leg = ItineraryLeg(venue="滨江馆", opens=day, closes=day)
        assert taken([leg], bookings(Exhibition.objects.all()))[1].title == "先来的展"


def test_halls_months_and_other_places_are_no_clash(put: Callable) -> None:
    shelf = Shelf.objects.get(slug="places")
    east, west = (shelf.add_child(instance=Place(title=title)) for title in ("东馆", "西馆"))
    put("先来的展", ("一楼", "2026-10-15", "2026-10-30"), place=east)
    others = list(bookings(Exhibition.objects.all()))
    whole = {"venue": "一楼", "opens": "2026-10-20", "closes": "2026-10-21"}
    for leg, clashes in (
        (ItineraryLeg(**whole, place=east), True),
        (ItineraryLeg(**whole), True),
        (ItineraryLeg(**whole, place=west), False),
        (ItineraryLeg(**whole | {"venue": "二楼"}, place=east), False),
        (ItineraryLeg(**whole | {"opens": "2026-10", "closes": "2026-10"}, place=east), False),
        (ItineraryLeg(**whole | {"opens": "2026-10-31", "closes": "2026-11-01"}, place=east), False),
    ):
        assert bool(taken([leg], others)) == clashes, (leg.venue, leg.opens, leg.place)


def test_a_table_is_refused_with_the_others_name(put: Callable, tmp_path: Path) -> None:
    put("先来的展", ("滨江馆", "2026-10-15", "2026-10-30"))
    shows, legs = tmp_path / "exhibition.csv", tmp_path / "leg.csv"
    shows.write_text("编号,题名\nXH-EX-000900,后来的展\n", "utf-8")
    legs.write_text("所属编号,次序,场地,开始,结束\nXH-EX-000900,1,滨江馆,2026-10-30,2026-11-02\n", "utf-8")
    with pytest.raises(ImportRefused, match="已经排给《先来的展》"):
        import_files([(kind_named("exhibition"), shows), (ItineraryLeg, legs)])
    assert Exhibition.objects.count() == 1


def test_a_copy_is_made_and_asked_for_days_of_its_own(put: Callable, librarian: Client) -> None:
    """An alias books nothing: it is the same exhibition."""
    one = put("先来的展", ("滨江馆", "2026-10-15", "2026-10-30"))
    one.create_alias(update_slug="same")
    copied = one.copy(update_attrs={"slug": "copied", "title": "抄本"}, keep_live=False)
    assert copied.legs.count() == 1
    edit = reverse("wagtailadmin_pages:edit", args=[copied.pk])
    assert (
        "已经排给《先来的展》"
        in librarian.post(edit, sent(librarian, edit, ("滨江馆", "2026-10-20", "2026-10-21"))).content.decode()
    )
    original = reverse("wagtailadmin_pages:edit", args=[one.pk])
    answer = librarian.post(original, sent(librarian, original, ("滨江馆", "2026-09-01", "2026-09-02")))
    assert answer.status_code == 302


def test_the_calendar_has_every_stay_in_its_months(put: Callable) -> None:
    put("甲展", ("滨江馆", "2026-10-15", "2026-12-02"), ("龙华", "2027-03", ""), ("别处", "", ""))
    put("乙展", ("滨江馆", "2026-12", "2027-01"), ("滨江馆", "2029-01-01", "2029-02-01"), live=False)
    put("丙展", ("旧写法", "五月间", ""))
    drawn = calendar(bookings(Exhibition.objects.order_by("path")), date(2026, 11, 1))
    assert {venue.name: [[(c.months, c.stay and c.stay.booking.title) for c in row] for row in venue.rows] for venue in drawn.venues} == {
        "滨江馆": [[(2, "甲展"), (10, None)], [(1, None), (2, "乙展"), (9, None)]],
        "龙华": [[(4, None), (1, "甲展"), (7, None)]],
    }  # fmt: skip
    assert all(sum(cell.months for cell in row) == MONTHS for venue in drawn.venues for row in venue.rows)
    assert [stay.booking.leg.venue for stay in drawn.undated] == ["别处", "旧写法"]
    assert drawn.other_times == 1


@pytest.mark.parametrize("asked", ["", "2026-13", "0000-01", "x", "2026-05-01", "99999-01", "-1", "２０２６-０５"])
def test_any_month_that_is_asked_for_is_answered(librarian: Client, put: Callable, asked: str) -> None:
    put("甲展", ("滨江馆", "2026-10-15", "2026-12-02"))
    assert librarian.get(reverse("exhibition_stays"), {"from": asked}).status_code == 200


@pytest.mark.parametrize(
    ("opens", "closes", "chinese", "english"),
    [
        ("2026-05-01", "2026-05-20", "2026年5月1日–20日", "1–20 May 2026"),
        ("2026-05-01", "2026-06-02", "2026年5月1日–6月2日", "1 May–2 June 2026"),
        ("2026-12-30", "2027-01-02", "2026年12月30日–2027年1月2日", "30 December 2026–2 January 2027"),
        ("2026-05", "2026-06", "2026年5月–6月", "May–June 2026"),
        ("2026-05", "2026-05-20", "2026年5月–5月20日", "May 2026–20 May 2026"),
        ("2026", "2027", "2026年–2027年", "2026–2027"),
        ("2026-05-01", "2026-05-01", "2026年5月1日", "1 May 2026"),
        ("2026-05", "", "2026年5月", "May 2026"),
        ("", "2026-05", "2026年5月", "May 2026"),
        ("2026-05", "..", "2026年5月", "May 2026"),
        ("", "", "", ""),
    ],
)
def test_days_are_said_once(opens: str, closes: str, chinese: str, english: str) -> None:
    leg = ItineraryLeg(venue="馆", opens=opens, closes=closes)
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert stay_in_words(leg) == words


def test_months_before_and_after_end_where_dates_do() -> None:
    assert later(date(2026, 11, 1), 14) == date(2028, 1, 1)
    assert later(date(1, 3, 1), -12) == date(1, 1, 1)
    assert later(date(9999, 3, 1), 12) == date(9999, 12, 1)
    assert month_of("2026-05", date(2020, 2, 3)) == date(2026, 5, 1)
    assert month_of("05", date(2020, 2, 3)) == date(2020, 2, 1)


def test_the_page_leads_to_each_exhibition_and_is_for_those_who_look_after_holdings(
    librarian: Client, put: Callable, django_assert_max_num_queries: Callable
) -> None:
    shown = [put(f"展{n}", (f"馆{n}", f"2026-{n + 1:02}-01", f"2026-{n + 1:02}-09"), live=n % 2 == 0) for n in range(8)]
    address = reverse("exhibition_stays")
    with django_assert_max_num_queries(15):
        page = librarian.get(address, {"from": "2026-01"}).content.decode()
    for exhibition in shown:
        assert exhibition.title in page
        assert reverse("wagtailadmin_pages:edit", args=[exhibition.pk]) in page
    assert page.count("草稿") >= 4
    guide = User.objects.create_user("guide")
    guide.groups.add(Group.objects.get(name="讲解员"))
    librarian.force_login(guide)
    assert librarian.get(address).status_code == 302
