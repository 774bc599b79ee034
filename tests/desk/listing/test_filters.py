"""Each filter of the lists finds what it is for and leaves the rest out, wherever it stands in the tree."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Workflow

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.catalogue.filters import Filter
from cms.desk.listing import of_kinds
from cms.desk.listing.common import COMMON
from cms.models import Citation, Holding, ImportBatch, Name, Relation, Theme
from cms.models.kinds import kinds
from media.models import Image
from picturebooks.models import Book, Spread
from stations.models import Copy, Station
from tests.cms.test_query_counts import DOT
from tests.desk.holdings import put
from tests.desk.listing.conftest import Lists

pytestmark = pytest.mark.django_db

MADE = ("甲", "乙")
Change = Callable[[Holding, User], object]


def picture(**words: str) -> Image:
    """Return a picture."""
    return Image.objects.create(title="图", file=ImageFile(io.BytesIO(DOT), "dot.gif"), **words)


def fields(**values: object) -> Change:
    """Return what sets fields of a record, as they stand in the database."""
    return lambda holding, user: type(holding).objects.filter(pk=holding.pk).update(**values)


def send_to_review(holding: Holding, user: User) -> None:
    """Send a record to review."""
    holding.save_revision(user=user)
    Workflow.objects.get(name="送审").start(holding, user)


def send_back(holding: Holding, user: User) -> None:
    """Send a record to review, and back to its author."""
    send_to_review(holding, user)
    holding.current_workflow_task.on_action(holding.current_workflow_task_state, user, "reject", comment="补出处")


def cover(**words: str) -> Change:
    """Return what gives a record a picture."""
    return lambda holding, user: fields(cover=picture(**words))(holding, user)


def relate(holding: Holding, user: User) -> None:
    """Tie a record to another that is in no list: by title it is told from the two."""
    Relation.objects.create(holding=put(Place, "第三"), role="about", target=holding)


def edit(days: int) -> Change:
    """Return what lets a record have been edited so many days ago."""
    return fields(latest_revision_created_at=timezone.now() - timedelta(days=days))


TRANSLATED = {"title": {"state": "stale", "zh": "1", "en": "2"}}
DRAFTED = {"title": {"state": "draft", "zh": "1", "en": "2"}}
CASES: dict[str, list[Change]] = {
    "state=draft": [fields(live=False)],
    "state=published": [],
    "state=changed": [fields(has_unpublished_changes=True)],
    "state=review": [send_to_review],
    "state=returned": [send_back],
    "state=locked": [fields(locked=True)],
    "state=expired": [fields(expired=True)],
    "source=none": [],
    "source=some": [lambda holding, user: Citation.objects.create(holding=holding, text="徐汇报")],
    "picture=none": [],
    "picture=alt": [cover()],
    "picture=alt_en": [cover(alt="塔")],
    "picture=credit": [cover(alt="塔", alt_en="Tower")],
    "english=missing": [],
    "english=partial": [fields(title_en="A", summary="有")],
    "english=stale": [fields(title_en="A", translations=TRANSLATED)],
    "english=draft": [fields(title_en="A", translations=DRAFTED)],
    "english=approved": [fields(english_approved=True)],
    "date=unread": [fields(date_text="某年")],
    "date=none": [],
    "date=unsure": [fields(date_certainty="uncertain")],
    "relation=none": [],
    "relation=some": [relate],
    "unverified=yes": [fields(unverified=True)],
    "unverified=no": [],
    "sample=yes": [fields(sample=True)],
    "sample=no": [],
    "rights=unstated": [],
    "rights=unknown": [],
    "rights=limited": [fields(use_print=False)],
    "edited=week": [edit(1)],
    "edited=old": [],
}
"""What makes a record be found by each value."""
AS_MADE = {name for name, changes in CASES.items() if not changes}
"""Values that hold for a record as it is made: what does no longer is changed for them."""
OTHERWISE: dict[str, Change] = {
    "state=published": fields(live=False),
    "source=none": CASES["source=some"][0],
    "picture=none": cover(),
    "english=missing": fields(title_en="A"),
    "date=none": fields(date_text="1905年"),
    "relation=none": relate,
    "unverified=no": fields(unverified=True),
    "sample=no": fields(sample=True),
    "rights=unstated": fields(rights_uri="https://creativecommons.org/publicdomain/zero/1.0/"),
    "rights=unknown": fields(rights_basis="own"),
    "edited=old": edit(1),
}


def test_each_value_of_each_filter_has_a_case() -> None:
    """A new one is tried, or fails here."""
    assert {f"{one.name}={value.name}" for one in COMMON for value in one.values} == set(CASES)
    assert set(OTHERWISE) == AS_MADE


@pytest.fixture
def librarian(at_lists: Callable[..., Lists]) -> Lists:
    """One who writes and sends to review."""
    return at_lists("wang")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.each_database
def test_a_filter_finds_what_it_is_for_and_nothing_else(librarian: Lists, case: str) -> None:
    """Of two records, one of them in a chapter of a book; and the number of hits is told."""
    name, _equals, value = case.partition("=")
    other = put(Place, MADE[0])
    changed = put(Entry, MADE[1], put(Chapter, "卷一", put(Work, "某志")))
    for change in CASES[case] or [OTHERWISE[case]]:
        change(changed.specific, librarian.user)
    found = librarian.titles(kind=["place", "entry"], **{name: value})
    wanted = other if case in AS_MADE else changed
    assert [title for title in found if title in MADE] == [wanted.title]
    assert f"{len(found)} 条" in librarian.html(kind=["place", "entry"], **{name: value})


def test_two_values_of_a_filter_are_one_or_the_other_and_two_filters_both(librarian: Lists) -> None:
    put(Place, "甲", live=False, sample=True)
    put(Place, "乙", sample=True)
    put(Place, "丙", locked=True)
    assert set(librarian.titles(state=["draft", "locked"])) == {"甲", "丙"}
    assert librarian.titles(state=["draft", "locked"], sample="yes") == ["甲"]


@pytest.mark.each_database
def test_pictures_of_parts_count_too(librarian: Lists) -> None:
    """A picture book with a described cover, and a spread that nobody described."""
    for title, words in (("甲", ""), ("乙", "一片叶子")):
        book = put(Book, title, cover=picture(alt="封面"))
        Spread.objects.create(book=book, sort_order=1, image=picture(alt=words))
    assert librarian.titles(kind="book", picture="alt") == ["甲"]


@pytest.mark.each_database
def test_english_of_a_kinds_own_fields_counts_too(librarian: Lists) -> None:
    put(Place, "甲", title_en="A", body="正文")
    put(Place, "乙", title_en="B", body="正文", body_en="Text")
    assert librarian.titles(english="partial") == ["甲"]


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ({"from": "1900"}, {"晚", "没有尽头"}),
        ({"to": "1850"}, {"早"}),
        ({"from": "1840", "to": "1910"}, {"早", "晚", "没有尽头"}),
        ({"from": "-100", "to": "0"}, set()),
    ],
)
@pytest.mark.each_database
def test_years_meet_dates(librarian: Lists, years: dict[str, str], found: set[str]) -> None:
    for title, date in (("早", "1843年"), ("晚", "1905年"), ("没有尽头", "")):
        place = put(Place, title, date_text=date, date_edtf="" if date else "1903/..", date_by_hand=not date)
        place.clean()
        place.save()
    put(Place, "没有时间")
    assert set(librarian.titles(**years)) == found


@pytest.mark.parametrize("words", ["淮海", "XH-PL-000901", "霞飞", "Joffre", "  淮海   中路 "])
def test_words_are_looked_for_as_in_the_admins_search(librarian: Lists, words: str) -> None:
    place = put(Place, "淮海中路", uid="XH-PL-000901")
    for text in ("霞飞路", "Avenue Joffre"):
        Name.objects.create(holding=place, text=text)
    put(Place, "衡山路")
    assert librarian.titles(words=words) == ["淮海中路"]
    assert librarian.titles(words="没有这条路") == []


@pytest.mark.each_database
def test_filters_by_what_there_is(librarian: Lists) -> None:
    """Themes, imports, shelves, sub-districts: their values are offered, and find; what is gone finds nothing and says so."""
    theme, unused = (Theme.objects.create(slug=slug, title=slug) for slug in ("silk", "unused"))
    batch = ImportBatch.objects.create(source="table.csv")
    place = put(Place, "甲", batch=batch, subdistrict="xujiahui")
    place.themes.add(theme)
    place.save()
    put(Station, "乙", subdistrict="tianlin")
    html = librarian.html()
    assert ("table.csv" in html, ">silk<" in html, ">unused<" in html) == (True, True, False)
    for name, value in (
        ("theme", theme.pk), ("batch", batch.pk), ("under", place.get_parent().pk), ("of-subdistrict", "xujiahui"),
    ):  # fmt: skip
        assert f'name="{name}"' in html
        assert librarian.titles(**{name: value}) == ["甲"], name
    assert librarian.titles(theme="none") == ["乙"]
    assert librarian.titles(theme=unused.pk) == []
    for name in ("theme", "batch", "under", "who"):
        assert librarian.titles(**{name: 999999}) == [], name
        assert "已经没有了" in librarian.html(**{name: 999999})


def test_of_one_kind_every_field_that_is_chosen_or_ticked_is_a_filter(librarian: Lists) -> None:
    put(Station, "甲", closed=True)
    put(Station, "乙", subdistrict="tianlin")
    html = librarian.html(kind="station")
    assert ('name="of-closed"' in html, 'name="of-closed"' in librarian.html(kind="place")) == (True, False)
    assert librarian.titles(**{"of-closed": "yes"}) == ["甲"]
    assert librarian.titles(**{"of-closed": "no"}) == ["乙"]


COPIES: dict[str, list[dict[str, object]]] = {
    "unseen": [{"checked_on": None}, {"checked_on": timezone.localdate() - timedelta(days=400)}],
    "lost": [{"status": "lost", "checked_on": timezone.localdate()}],
    "none": [],
}


@pytest.mark.parametrize("value", COPIES)
@pytest.mark.each_database
def test_a_kind_brings_filters_of_its_own(librarian: Lists, value: str) -> None:
    """Corners: by the copies that stand there."""
    work = put(Work, "某志")
    wanted, other = put(Station, "甲"), put(Station, "乙")
    Copy.objects.create(station=other, work=work, barcode="0", checked_on=timezone.localdate())
    for at, copy in enumerate(COPIES[value], 1):
        Copy.objects.create(station=wanted, work=work, barcode=str(at), **copy)
    assert librarian.titles(copies=value) == ["甲"]


@pytest.mark.each_database
def test_every_filter_of_a_kind_can_be_asked_for(librarian: Lists) -> None:
    """None of them fails, nor meets another by its name."""
    brought = [one for kind in kinds() for one in of_kinds.brought(kind)]
    names = [one.name for one in (*COMMON, *brought)]
    assert len(names) == len(set(names))
    for one in (*brought, *(of_kinds.every()[name] for name in of_kinds.every())):
        assert isinstance(one, Filter)
        for value in one.values:
            librarian.html(**{one.name: value.name})


@pytest.mark.each_database
def test_who_wrote_it_is_asked_by_editors_alone(at_lists: Callable[..., Lists]) -> None:
    """One's own is everybody's to ask."""
    librarian, editor = at_lists("wang"), at_lists("chen", "编辑")
    for title, user in (("甲", librarian.user), ("乙", editor.user)):
        put(Place, title).save_revision(user=user)
    assert librarian.titles(who="me") == ["甲"]
    assert librarian.titles(who=librarian.user.pk) == ["甲"]
    assert librarian.titles(who=editor.user.pk) == []
    assert "chen" not in librarian.html()
    assert editor.titles(who=librarian.user.pk) == ["甲"]
    assert ">wang<" in editor.html()


def test_only_what_somebody_may_edit_is_listed(at_lists: Callable[..., Lists]) -> None:
    """Whoever looks after one shelf sees that, and numbers of that alone; who looks after none, no page."""
    place, entry = put(Place, "甲"), put(Entry, "乙")
    keeper = at_lists("li", "")
    keeper.user.is_superuser = False
    keeper.user.save()
    group = Group.objects.create(name="只管地方")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    shelf = Page.objects.get(pk=place.get_parent().pk)
    GroupPagePermission.objects.create(
        group=group, page=shelf, permission=Permission.objects.get(codename="change_page")
    )
    keeper.user.groups.add(group)
    assert keeper.titles() == ["甲"]
    assert "1 条" in keeper.html()
    assert keeper.titles(under=entry.get_parent().pk) == []
    group.permissions.clear()
    assert keeper.client.get("/admin/holdings/").status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "state=gone", "kind=nothing", "zzz=1", "column=nothing", "sort=nothing", "size=7", "from=abc", "of-nothing=1",
        "sort=of-subdistrict",
    ],
)  # fmt: skip
def test_what_no_list_knows_is_said(librarian: Lists, query: str) -> None:
    """And the rest is done."""
    put(Place, "甲")
    answer = librarian.client.get(f"/admin/holdings/?{query}")
    assert (answer.status_code, "没有照它筛" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "query",
    [
        "words=%00", "p=1e20", "p=-1", "theme=x", "theme=99999999999999999999", "batch=-1", "under=%F0%9F%9A%8B",
        "words=" + "%E7%94%B5" * 500, "who=1%27", "theme=%00", "of-subdistrict=%25", "from=9999&to=-9999", "kind=place&kind=place",
    ],
)  # fmt: skip
@pytest.mark.each_database
def test_nothing_in_an_address_fails(librarian: Lists, query: str) -> None:
    assert librarian.client.get(f"/admin/holdings/?{query}").status_code == 200
