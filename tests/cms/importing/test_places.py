"""Parts in an order: a table counts from 1, the admin's form keeps what it found, and reading the table again changes nothing."""

import csv
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from cms.importing import ImportRefused, import_files
from cms.importing.forms import field_of
from cms.importing.sheets import columns_of
from cms.models import Holding
from cms.models.kinds import parts
from cms.setup.part_numbering import count_from_zero
from tests.cms.importing.test_columns import sample
from tests.desk.forms import sent_by
from tests.desk.holdings import put

pytestmark = pytest.mark.django_db
OWNED = [model for model in parts() if any(column.form == "owner" for column in columns_of(model))]
PLACED = [model for model in OWNED if "sort_order" in model.key]


def written(path: Path, model: type[Model], owner: Holding, places: list[int]) -> Path:
    """Write a table of parts of one owner, with a cell in every column that needs one or points to a holding."""
    columns = [column for column in columns_of(model) if column.required or column.form == "holding"]
    with (path / "parts.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow([column.heading for column in columns])
        for place in places:
            out.writerow([cell(column, model, owner, place) for column in columns])
    return path / "parts.csv"


def cell(column: object, model: type[Model], owner: Holding, place: int) -> str:
    """Return one cell."""
    if column.form == "owner":
        return owner.uid
    return str(place) if column.form == "place" else sample(column, model, put)


def owner_for(model: type[Model]) -> Holding:
    """Return a published holding that parts of a model belong to."""
    column = next(column for column in columns_of(model) if column.form == "owner")
    return put(field_of(column, model).related_model, "一件")


def saved_in_the_admin(owner: Holding, **changes: str) -> None:
    """Open the form of a holding and publish it, with what is changed in it."""
    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("admin"))
    address = reverse("wagtailadmin_pages:edit", args=[owner.pk])
    sent = sent_by(client.get(address).content.decode()) | changes | {"action-publish": "1"}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("places", [[1, 2, 3], [2, 5, 9]], ids=["in a row", "with gaps"])
def test_a_table_read_again_after_an_edit_changes_nothing(tmp_path: Path, model: type[Model], places: list) -> None:
    owner = owner_for(model)
    places = places if model in PLACED else places[:1]
    table = written(tmp_path, model, owner, places)
    assert import_files([(model, table)]).created == len(places)
    rows = list(model.objects.order_by("pk").values())
    saved_in_the_admin(owner, summary="改过一句。")
    assert Holding.objects.get(pk=owner.pk).summary == "改过一句。"
    batch = import_files([(model, table)])
    assert (batch.created, batch.updated, batch.unchanged) == (0, 0, len(places))
    assert list(model.objects.order_by("pk").values()) == rows


@pytest.fixture
def three(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[type[Model], Holding, Path, str]:
    """Three parts of a model that came by a table: the model, their owner, the table, the name of their form."""
    model = request.param
    owner = owner_for(model)
    table = written(tmp_path, model, owner, [1, 2, 3])
    import_files([(model, table)])
    name = model._meta.get_field(model.key[0]).remote_field.get_accessor_name()
    return model, owner, table, name


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("three", PLACED, indirect=True, ids=lambda model: model.__name__)
def test_after_one_is_taken_away_the_others_are_met(three: tuple) -> None:
    """Read again, the table brings back that one and touches no other."""
    model, owner, table, name = three
    saved_in_the_admin(owner, **{f"{name}-1-DELETE": "on"})
    batch = import_files([(model, table)])
    assert (batch.created, batch.updated, batch.unchanged) == (1, 0, 2)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("three", PLACED, indirect=True, ids=lambda model: model.__name__)
def test_one_that_is_moved_counts_from_the_first(three: tuple) -> None:
    """The last before all others: as a form without a table would count them, and the table counts them so too."""
    model, owner, _table, name = three
    first, second, third = model.objects.order_by("sort_order").values_list("pk", flat=True)
    saved_in_the_admin(owner, **{f"{name}-{n}-ORDER": str(place) for n, place in enumerate((2, 3, 1))})
    places = model.objects.filter(**{model.key[0]: owner.pk}).order_by("sort_order").values_list("pk", "sort_order")
    assert list(places) == [(third, 0), (first, 1), (second, 2)]


@pytest.mark.parametrize("model", PLACED, ids=lambda model: model.__name__)
def test_nothing_stands_at_nought(tmp_path: Path, model: type[Model]) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_files([(model, written(tmp_path, model, owner_for(model), [0]))])
    assert "次序从 1 数起" in str(refused.value.errors[0])


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("three", PLACED, indirect=True, ids=lambda model: model.__name__)
def test_what_an_earlier_release_counted_from_one_is_met(three: tuple) -> None:
    """Its rows and its versions stood one higher; those that came by a form did not."""
    model, owner, table, name = three
    other = put(type(owner), "另一件")
    for row in model.objects.all():
        model.objects.filter(pk=row.pk).update(sort_order=row.sort_order + 1)
    twin = model.objects.first()
    twin.pk, twin.sort_order = None, 0
    setattr(twin, model.key[0], other)
    twin.save()
    owner = type(owner).objects.get(pk=owner.pk)
    owner.save_revision()
    count_from_zero(model, model.key[0], name, apps.get_model("wagtailcore", "Revision"))
    assert import_files([(model, table)]).unchanged == 3
    draft = type(owner).objects.get(pk=owner.pk).get_latest_revision_as_object()
    assert [row.sort_order for row in getattr(draft, name).all()] == [0, 1, 2]
    assert model.objects.get(pk=twin.pk).sort_order == 0
