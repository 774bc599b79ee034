"""Stories, their versions, tours and stops come in as every kind does: together, or not at all."""

from pathlib import Path

import pytest

from cms.importing import ImportRefused, import_files
from cms.models import Holding
from tours.models import Code, Stop, Story, StoryVersion, Tour

pytestmark = pytest.mark.django_db
STORY = "编号,题名\nXH-SY-000901,提箱子的人\n"
VERSION = "所属编号,长短,讲给,语言,讲稿\nXH-SY-000901,3 分钟,儿童,英文,A man comes home.\n"
TOUR = "编号,题名,讲给,语言,时长\nXH-TR-000901,三站,儿童,英文,15\n"
STOP = "所属编号,次序,馆藏编号,故事编号,长短,分钟,步行,锁定\n"


def files(folder: Path, stops: str) -> list[tuple[type, Path]]:
    """Write one batch of four files."""
    texts = {Story: STORY, StoryVersion: VERSION, Tour: TOUR, Stop: STOP + stops}
    for model, text in texts.items():
        (folder / f"{model.__name__}.csv").write_text(text, encoding="utf-8")
    return [(model, folder / f"{model.__name__}.csv") for model in texts]


@pytest.mark.each_database
def test_a_stop_may_tell_a_story_that_comes_with_it(tmp_path: Path) -> None:
    import_files(files(tmp_path, "XH-TR-000901,1,,XH-SY-000901,3 分钟,2.5,1,是\n"))
    stop = Stop.objects.get()
    assert (stop.tour.uid, stop.story.uid, stop.length, stop.locked) == ("XH-TR-000901", "XH-SY-000901", 180, True)
    assert (str(stop.minutes), Code.objects.get().stop) == ("2.5", stop)
    again = import_files(files(tmp_path, "XH-TR-000901,1,,XH-SY-000901,3 分钟,2.5,1,是\n"))
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("XH-TR-000901,1,,,3 分钟,3,1,否", "每一站要有一件馆藏或一个故事"),
        ("XH-TR-000901,1,,XH-TR-000901,3 分钟,3,1,否", "不是故事的编号"),
        ("XH-TR-000901,1,,XH-SY-000999,3 分钟,3,1,否", "没有编号"),
        ("XH-SY-000901,1,,XH-SY-000901,3 分钟,3,1,否", "所属编号要是导览的编号"),
        ("XH-TR-000901,1,,XH-SY-000901,3 分钟,-1,1,否", "分钟数要在 0 到 240 之间"),
        ("XH-TR-000901,1,,XH-SY-000901,3 分钟,10000,1,否", "分钟数要在 0 到 240 之间"),
        ("XH-TR-000901,1,,XH-SY-000901,5 分钟,3,1,否", "长短"),
    ],
)
def test_a_wrong_stop_is_named_and_nothing_is_kept(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_files(files(tmp_path, f"{row}\n"))
    assert any(said in str(error) and "第 2 行" in str(error) for error in refused.value.errors), refused.value.errors
    assert not Holding.objects.filter(uid__in=("XH-SY-000901", "XH-TR-000901")).exists()
