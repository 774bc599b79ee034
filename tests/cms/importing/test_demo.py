"""The demo is fit to be imported, and what a large file gets wrong is told row by row."""

from collections.abc import Callable

import pytest

from authorities.models import Place
from cms.importing.checking import check
from cms.importing.sheets import demo_files, model_named

pytestmark = pytest.mark.django_db


def test_the_demo_stands_every_check() -> None:
    files = demo_files()
    sheets = check(files)
    assert {model_named(path.stem) for _model, path in files} == {sheet.model for sheet in sheets}
    assert sum(len(sheet.rows) for sheet in sheets) > 300


def test_a_leg_may_go_by_its_short_name() -> None:
    assert model_named("leg") is model_named("itineraryleg") is not None
    assert model_named("nothing") is None


def test_of_500_rows_the_7_bad_ones_are_named(write: Callable, faults: Callable) -> None:
    rows = [[f"XH-PL-{n:06}", f"路{n}", "1905年", "道路", "31.2"] for n in range(1, 501)]
    for number, column, cell in [
        (10, 0, ""), (20, 1, "=1+1"), (30, 2, "某年"), (40, 3, "马路"), (50, 4, "北"), (60, 4, "131"), (70, 0, "XH-PL-000001"),
    ]:  # fmt: skip
        rows[number - 2][column] = cell
    text = "编号,题名,时间,地方类型,纬度\n" + "\n".join(map(",".join, rows))
    told = faults(Place, write(text))
    places = [
        f"第 {n} 行“{h}”"
        for n, h in zip(range(10, 80, 10), ["编号", "题名", "时间", "地方类型", "纬度", "纬度", "编号"], strict=True)
    ]
    assert [line.split("：")[0] for line in told] == [f"place.csv {place}" for place in places]
