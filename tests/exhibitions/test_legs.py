"""Two stays of one exhibition at the same time are refused as they are typed, and accepted once mended (LB9)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from cms.importing import import_files
from cms.importing.errors import ImportRefused
from cms.models import Shelf
from cms.models.kinds import kind_named
from exhibitions.itinerary import clash
from exhibitions.models import Exhibition, ItineraryLeg
from tests.cms.desk.sheets import sheets

Leg = tuple[str, str, str]
CLASH = "巡展两站时间重叠：“龙华”与“滨江”。"


@pytest.fixture
def librarian(client: Client, db: None) -> Client:
    """A client of a librarian's."""
    user = User.objects.create_user("librarian")
    user.groups.add(Group.objects.get(name="编目员"))
    client.force_login(user)
    return client


def filled(client: Client, address: str, legs: list[Leg], deleted: tuple[int, ...] = ()) -> dict:
    """Return what the form at an address sends with these legs; those it has already keep their keys."""
    sheet = next(one for one in sheets(client.get(address)) if "legs-TOTAL_FORMS" in one.fields)
    sent = {**sheet.fields, "title": "巡展", "legs-TOTAL_FORMS": len(legs)}
    for number, (venue, opens, closes) in enumerate(legs):
        row = {"venue": venue, "opens": opens, "closes": closes, "place": "", "ORDER": number + 1}
        sent |= {f"legs-{number}-{name}": value for name, value in row.items()}
        sent[f"legs-{number}-DELETE"] = "on" if number in deleted else ""
        sent.setdefault(f"legs-{number}-id", "")
    return sent


@pytest.fixture
def new(librarian: Client) -> str:
    """The address of the form of a new exhibition."""
    shelf = Shelf.objects.get(slug="exhibitions").pk
    return reverse("wagtailadmin_pages:add", args=["exhibitions", "exhibition", shelf])


def test_a_new_exhibition_with_a_clash_is_refused_at_once(librarian: Client, new: str) -> None:
    """The clash is named, what was typed stays in the form, and nothing is saved."""
    legs = [("龙华", "2026-10-01", "2026-10-20"), ("滨江", "2026-10-15", "2026-10-30")]
    answer = librarian.post(new, filled(librarian, new, legs))
    assert answer.status_code == 200
    assert CLASH in answer.content.decode()
    assert 'value="2026-10-15"' in answer.content.decode()
    assert not Exhibition.objects.exists()
    legs[1] = ("滨江", "2026-10-21", "2026-10-30")
    assert librarian.post(new, filled(librarian, new, legs)).status_code == 302
    assert Exhibition.objects.get().get_latest_revision_as_object().legs.count() == 2


@pytest.mark.parametrize("deleted", [(), (1,)])
def test_one_that_is_there_is_mended_or_a_leg_deleted(librarian: Client, new: str, deleted: tuple) -> None:
    """The check reads what is typed, never what was stored: a clash goes with its leg, and with its dates."""
    librarian.post(new, filled(librarian, new, [("龙华", "2026-10-01", "2026-10-20")]))
    address = reverse("wagtailadmin_pages:edit", args=[Exhibition.objects.get().pk])
    clashing = [("龙华", "2026-10-01", "2026-10-20"), ("滨江", "2026-10-15", "2026-10-30")]
    assert CLASH in librarian.post(address, filled(librarian, address, clashing)).content.decode()
    # One with a clash that older rules let through.
    stored = Exhibition.objects.get()
    stored.legs = [ItineraryLeg(venue=v, opens=a, closes=b, sort_order=n) for n, (v, a, b) in enumerate(clashing)]
    with stored.parts_to_come():
        stored.save_revision()
    mended = clashing if deleted else [clashing[0], ("滨江", "2026-10-21", "2026-10-30")]
    assert librarian.post(address, filled(librarian, address, mended, deleted)).status_code == 302
    legs = Exhibition.objects.get().get_latest_revision_as_object().legs.all()
    assert [leg.venue for leg in legs] == ["龙华", "滨江"][: 1 if deleted else 2]


def test_publishing_what_clashes_is_refused_too(db: None) -> None:
    """Without any form, as the review and the shell publish."""
    legs = [ItineraryLeg(venue="龙华", opens="2026-10-01", closes="2026-10-20"),
            ItineraryLeg(venue="滨江", opens="2026-10-15", closes="2026-10-30")]  # fmt: skip
    with pytest.raises(Exception, match="巡展两站时间重叠"):
        Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="巡展", legs=legs))


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (("2026-10-01", "2026-10-20"), ("2026-10-20", "2026-10-30"), True),
        (("2026-10-01", "2026-10-20"), ("2026-10-21", "2026-10-30"), False),
        (("2026-10-05", "2026-10-06"), ("2026-10-01", "2026-10-30"), True),
        (("2026-10", "2026-10"), ("2026-10", "2026-10"), False),
        (("2026-10-01", ""), ("2026-10-15", "2026-10-30"), False),
        (("2026-10", "2026-11"), ("2026-10-01", "2026-10-30"), False),
        (("2026-10", "2026-11"), ("2026-11-02", "2026-11-20"), False),
        (("2026-10", "2026-11"), ("2026-10-31", "2026-11-20"), True),
        (("2026-10-01", ".."), ("2026-10-15", "2026-10-30"), False),
    ],
)
def test_legs_that_touch_on_a_day_clash(one: tuple[str, str], other: tuple[str, str], clashes: bool) -> None:
    """On the shared day the things would be in two places; what is known by month alone fills no certain day."""
    legs = [ItineraryLeg(venue=name, opens=a, closes=b) for name, (a, b) in (("甲", one), ("乙", other))]
    assert bool(clash(legs)) == clashes
    assert bool(clash(reversed(legs))) == clashes


def test_any_two_legs_of_many_are_compared() -> None:
    """The first with the last too; the first pair is named."""
    days = [("2026-10-01", "2026-10-05"), ("2026-10-10", "2026-10-12"), ("2026-10-05", "2026-10-06")]
    legs = [ItineraryLeg(venue=name, opens=a, closes=b) for name, (a, b) in zip("甲乙丙", days, strict=True)]
    assert [leg.venue for leg in clash(legs)] == ["甲", "丙"]
    assert clash(legs[:2]) is clash(legs[1:]) is clash([]) is None


def test_a_leg_of_a_single_day_is_one() -> None:
    """It closes on the day on which it opens."""
    ItineraryLeg(venue="甲", opens="2026-10-05", closes="2026-10-05").clean()


def test_a_leg_that_closes_before_it_opens_is_refused(librarian: Client, new: str) -> None:
    """At its field."""
    answer = librarian.post(new, filled(librarian, new, [("龙华", "2026-10-20", "2026-10-01")]))
    assert "结束不能早于开始" in answer.content.decode()
    assert not Exhibition.objects.exists()


def test_a_table_with_a_clash_is_refused(
    db: None, tmp_path: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    """The importer goes on refusing, and accepts the table once mended."""
    shows, legs = tmp_path / "exhibition.csv", tmp_path / "leg.csv"
    shows.write_text("编号,题名\nXH-EX-000900,巡展\n", "utf-8")
    head = "所属编号,次序,场地,开始,结束\nXH-EX-000900,1,龙华,2026-10-01,2026-10-20\nXH-EX-000900,2,滨江,"
    legs.write_text(f"{head}2026-10-20,2026-10-30\n", "utf-8")
    files = [(kind_named("exhibition"), shows), (ItineraryLeg, legs)]
    with pytest.raises(ImportRefused, match="巡展两站时间重叠"):
        import_files(files)
    assert not Exhibition.objects.exists()
    legs.write_text(f"{head}2026-10-21,2026-10-30\n", "utf-8")
    import_files(files)
    assert Exhibition.objects.get().legs.count() == 2
