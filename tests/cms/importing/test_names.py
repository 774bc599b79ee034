"""Names in the place of numbers, on the command line: certain ones are taken and noted, all others refused with what they may mean."""

from collections.abc import Callable
from pathlib import Path

from authorities.models import Place
from chronicle.models import Entry
from cms.importing import import_files
from cms.models import Holding, Name


def test_certain_names_are_taken_and_noted(write: Callable[..., Path], put: Callable[..., Holding]) -> None:
    place = put(Place, "徐家汇")
    path = write("编号,题名,关联\nXH-EN-000901,甲,提及 | 徐家匯\n", "entry.csv")
    report = import_files([(Entry, path)])
    assert report.notes == (f"entry.csv 第 2 行“关联”：徐家匯 → {place.uid} 徐家汇",)
    assert Entry.objects.get().relations.get().target_id == place.pk
    again = import_files([(Entry, path)])
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_others_are_refused_and_all_are_told(
    write: Callable[..., Path], put: Callable[..., Holding], faults: Callable
) -> None:
    one, other = put(Place, "甲路"), put(Place, "乙路")
    for place in (one, other):
        place.names.add(Name(text="林森路"))
        place.save()
    path = write('编号,题名,关联\nXH-EN-000901,甲,"提及 | 林森路\n地点 | 甲路口\n地点 | 哪里也没有"\n', "entry.csv")
    (said,) = faults(Entry, path)
    assert f"叫“林森路”的有 {one.uid} 甲路、{other.uid} 乙路" in said
    assert "“甲路口”" in said
    assert "馆里和本批都没有编号或名称“哪里也没有”" in said


def test_a_number_that_is_none_is_no_name(write: Callable[..., Path], faults: Callable) -> None:
    (said,) = faults(Entry, write("编号,题名,关联\nXH-EN-000901,甲,提及 | XH-PL-009999\n", "entry.csv"))
    assert "馆里和本批都没有编号“XH-PL-009999”" in said
