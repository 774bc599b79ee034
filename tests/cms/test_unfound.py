"""Librarians see what readers did not find, and mend it in one step; nobody else sees the page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from authorities.models import Place
from cms.desk.zero_result_searches import language_of
from cms.models import Holding
from cms.setup.roles import EDITORS, LIBRARIANS
from search import zero_results
from search.finding import answer
from search.models import Promotion, Unfound
from search.query import Query
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db
PAGE = "/admin/unfound/"


@pytest.fixture
def row(road: Place) -> Unfound:
    """What somebody searched for in vain, in a library with one road."""
    zero_results._waiting.clear()
    rebuild()
    Client().get("/search/", {"q": "空中缆车"})
    zero_results.write()
    return Unfound.objects.get()


def somebody(django_user_model: type, group: str = "") -> Client:
    """Return the client of somebody who has logged in."""
    user = django_user_model.objects.create_user(group or "reader")
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"q": "缆车"}, True),
        ({"q": "缆车", "exact": "1"}, False),
        ({"q": "缆车", "only": "1"}, False),
        ({"q": '"缆车"'}, False),
        ({"q": "缆车", "kind": "entry"}, False),
        ({"q": "霞飞路"}, False),
        ({"q": ""}, False),
    ],
)
def test_only_words_that_the_whole_library_lacks_are_noted(road: Place, asked: dict, kept: bool) -> None:
    zero_results._waiting.clear()
    rebuild()
    client = Client()
    client.head("/search/", asked)
    assert not zero_results._waiting
    client.get("/search/", asked)
    assert bool(zero_results._waiting) == kept
    zero_results._waiting.clear()


@pytest.mark.each_database
def test_the_page_lists_it_with_what_could_be_meant(row: Unfound, django_user_model) -> None:
    Unfound.objects.create(plain="下飞路", words="下飞路")
    Unfound.objects.create(plain="xiafeilu", words="xiafeilu")
    lines = somebody(django_user_model, LIBRARIANS).get(PAGE).context["lines"]
    shown = {line.row.words: line for line in lines}
    number = Place.objects.get().uid
    assert (shown["空中缆车"].now, shown["空中缆车"].likely) == (0, [])
    assert [near.text for near in shown["下飞路"].near] == ["霞飞路"]
    assert shown["下飞路"].likely == [f"{number} 霞飞路"]
    assert shown["xiafeilu"].now == 1, "what pinyin finds is found"


@pytest.mark.each_database
def test_what_readers_cannot_see_is_not_called_found(row: Unfound, road: Place, django_user_model) -> None:
    Unfound.objects.create(plain="霞飞路", words="霞飞路")
    Promotion.objects.create(words="甲", holding=road.pk)
    road.unpublish()
    page = somebody(django_user_model, LIBRARIANS).get(PAGE)
    assert [line.now for line in page.context["lines"]] == [0, 0]
    assert "读者现在看不到" in page.content.decode()


@pytest.mark.each_database
def test_a_holding_is_put_first_in_one_step(row: Unfound, road: Place, django_user_model) -> None:
    client = somebody(django_user_model, EDITORS)
    client.post(f"{PAGE}{row.pk}/", {"do": "promote", "holding": f"{road.uid} 淮海中路", "why": "读者这样叫"})
    assert answer(Query("空中缆车")).hits.ids == (road.pk,)
    assert not Unfound.objects.exists()
    page = client.get(PAGE).content.decode()
    assert "读者这样叫" in page
    assert "读者现在看不到" not in page
    client.post(f"{PAGE}promotions/{Promotion.objects.get().pk}/withdraw/")
    assert answer(Query("空中缆车")).hits.total == 0


def test_without_the_right_to_publish_nothing_is_put_first(row: Unfound, road: Place, django_user_model) -> None:
    """Neither put first nor withdrawn, and no button offers it; the words stay on the list."""
    client = somebody(django_user_model, LIBRARIANS)
    said = client.post(f"{PAGE}{row.pk}/", {"do": "promote", "holding": road.uid}, follow=True).content.decode()
    assert "要有发布权" in said
    assert 'value="promote"' not in said
    assert Unfound.objects.exists()
    first = Promotion.objects.create(plain="甲", words="甲", holding=road.pk)
    client.post(f"{PAGE}promotions/{first.pk}/withdraw/")
    assert list(Promotion.objects.all()) == [first]
    assert "/withdraw/" not in client.get(PAGE).content.decode()


def test_an_editor_adds_a_name_that_is_found_at_once(
    row: Unfound, road: Place, django_user_model, django_capture_on_commit_callbacks: Callable
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        somebody(django_user_model, EDITORS).post(f"{PAGE}{row.pk}/", {"do": "name", "holding": "淮海中路"})
    assert road.names.filter(text="空中缆车").exists()
    assert answer(Query("空中缆车")).hits.ids == (road.pk,)
    assert Holding.objects.get(pk=road.pk).specific.revisions.count() == 1


@pytest.mark.each_database
def test_a_librarians_name_waits_in_a_draft(row: Unfound, road: Place, django_user_model) -> None:
    client = somebody(django_user_model, LIBRARIANS)
    said = client.post(f"{PAGE}{row.pk}/", {"do": "name", "holding": road.uid}, follow=True).content.decode()
    assert "草稿" in said
    assert not road.names.filter(text="空中缆车").exists()
    draft = Holding.objects.get(pk=road.pk).specific.get_latest_revision_as_object()
    assert "空中缆车" in [name.text for name in draft.names.all()]


def test_a_name_has_its_language_and_its_source_and_is_added_once(row: Unfound, road: Place, django_user_model) -> None:
    client, words = somebody(django_user_model, LIBRARIANS), "Aerial Tramway"
    for _ in range(2):
        other = Unfound.objects.create(plain="aerialtramway", words=words)
        sent = {"do": "name", "holding": road.uid, "language": "fr", "why": "旧照片"}
        said = client.post(f"{PAGE}{other.pk}/", sent, follow=True).content.decode()
    assert "已经有这个名称" in said
    draft = Holding.objects.get(pk=road.pk).specific.get_latest_revision_as_object()
    added = [(name.language, name.source) for name in draft.names.all() if name.text == words]
    assert added == [("fr", "旧照片")]


def test_what_was_typed_stands_in_the_form_that_was_refused(row: Unfound, django_user_model) -> None:
    sent = {"do": "promote", "holding": "没有的<b>", "why": "读者这样叫"}
    said = somebody(django_user_model, EDITORS).post(f"{PAGE}{row.pk}/", sent).content.decode()
    assert 'value="没有的&lt;b&gt;"' in said
    assert 'value="读者这样叫"' in said


def test_a_holding_that_cannot_be_saved_says_so(row: Unfound, road: Place, django_user_model) -> None:
    Place.objects.filter(pk=road.pk).update(date_text="不知何年何月", date_edtf="x")
    said = somebody(django_user_model, EDITORS).post(
        f"{PAGE}{row.pk}/", {"do": "name", "holding": road.uid}, follow=True
    )
    assert "现在存不下" in said.content.decode()
    assert Unfound.objects.exists()


@pytest.mark.parametrize(("words", "language"), [("霞飞路", "zh-Hans"), ("徐家匯", "zh-Hant"), ("Avenue Joffre", "en")])
def test_the_language_is_proposed_by_the_characters(words: str, language: str) -> None:
    assert language_of(words) == language


def test_a_draft_of_somebody_else_is_not_published_with_it(row: Unfound, road: Place, django_user_model) -> None:
    draft = road.get_latest_revision_as_object()
    draft.title = "没写完"
    draft.save_revision()
    somebody(django_user_model, EDITORS).post(f"{PAGE}{row.pk}/", {"do": "name", "holding": road.uid})
    assert Place.objects.get().title == "淮海中路"


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("do", ["promote", "name"])
def test_what_names_no_holding_is_answered_in_words(row: Unfound, django_user_model, do: str) -> None:
    client = somebody(django_user_model, EDITORS)
    for holding in ("", "没有的", "XH-PL-999999", "x" * 9000, "\x00'\"; --"):
        said = client.post(f"{PAGE}{row.pk}/", {"do": do, "holding": holding}, follow=True)
        assert (said.status_code, "请填一条馆藏" in said.content.decode()) == (200, True), holding[:30]
    assert Unfound.objects.exists()


def test_rows_can_be_let_be(row: Unfound, django_user_model) -> None:
    client = somebody(django_user_model, LIBRARIANS)
    client.post(f"{PAGE}{row.pk}/", {"do": "none"})
    assert "没有等着处理的词" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}999/", {"do": "none"}).status_code == 404
    assert client.post(f"{PAGE}{row.pk}/", {"do": "what"}).status_code == 400
    assert "空中缆车,1," in client.get(f"{PAGE}table.csv").content.decode()


def test_the_table_has_no_cell_that_a_spreadsheet_would_run(row: Unfound, django_user_model) -> None:
    Unfound.objects.create(plain="sum", words="=SUM(甲1)")
    answer = somebody(django_user_model, LIBRARIANS).get(f"{PAGE}table.csv")
    text = answer.content.decode("utf-8-sig")
    assert "空中缆车,1," in text
    assert "\n'=SUM(甲1)," in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_or_does_anything(row: Unfound, road: Place, django_user_model, method: str) -> None:
    promotion = Promotion.objects.create(words="甲", holding=road.pk)
    for client in (Client(), somebody(django_user_model)):
        for end in ("", "table.csv", f"{row.pk}/", f"promotions/{promotion.pk}/withdraw/"):
            answer = getattr(client, method)(f"{PAGE}{end}")
            assert answer.status_code in (302, 403, 405), end
            assert "空中缆车" not in answer.content.decode()
    assert Promotion.objects.exists()
    assert not Unfound.objects.get().settled
