"""One act on a column: what cells say afterwards."""

import pytest

from cms.catalogue.columns import COMMON, Column
from cms.exporting.edits import Act, Edit, acts

COLUMNS = {column.heading: column for column in COMMON}


@pytest.mark.parametrize(
    ("heading", "act", "value", "find", "cell", "after"),
    [
        ("提要", Act.SET, "新", "", "旧", "新"),
        ("提要", Act.CLEAR, "", "", "旧", ""),
        ("提要", Act.REPLACE, "影展", "展览", "展览在展览馆", "影展在影展馆"),
        ("主题", Act.ADD, "电影", "", "江河；寺塔", "江河；寺塔；电影"),
        ("主题", Act.ADD, "江河；电影", "", "江河", "江河；电影"),
        ("主题", Act.ADD, "电影", "", "", "电影"),
        ("主题", Act.REMOVE, "江河", "", "江河；寺塔", "寺塔"),
        ("关联", Act.ADD, "提及 | XH-PL-000001", "", "关于 | XH-PL-000002", "关于 | XH-PL-000002\n提及 | XH-PL-000001"),
        ("关联", Act.REMOVE, "关于 | XH-PL-000002", "", "关于 | XH-PL-000002 | 龍華 | 某志", ""),
        ("关联", Act.REMOVE, "关于 | XH-PL-00000", "", "关于 | XH-PL-000002", "关于 | XH-PL-000002"),
        ("出处", Act.ADD, "某志 | | 3", "", "某志 | | 3", "某志 | | 3"),
        ("允许用途", Act.REMOVE, "印刷", "", "网页；印刷", "网页"),
        ("允许用途", Act.REMOVE, "网页；印刷", "", "网页；印刷", "无"),
        ("允许用途", Act.ADD, "离线", "", "无", "离线"),
    ],
)
def test_a_cell_says_what_the_act_makes_of_it(
    heading: str, act: Act, value: str, find: str, cell: str, after: str
) -> None:
    assert Edit(COLUMNS[heading], act, value, find).applied(cell) == after


def test_what_is_each_records_own_is_not_changed_for_many() -> None:
    """No number, address or picture; what must be there is not cleared; only text has words to be replaced."""
    assert acts(COLUMNS["编号"]) == acts(COLUMNS["路径"]) == acts(COLUMNS["图片"]) == ()
    assert Act.CLEAR not in acts(COLUMNS["题名"])
    assert acts(COLUMNS["示例"]) == (Act.SET, Act.CLEAR)
    assert Act.REPLACE not in acts(COLUMNS["主题"])
    assert acts(Column("次序", "sort_order", "place")) == ()
