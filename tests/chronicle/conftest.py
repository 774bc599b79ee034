"""A small book of our own in the Kanripo format, written for these tests."""

from pathlib import Path

import pytest

HEADER = """# -*- mode: mandoku-view; -*-
#+TITLE: 海上小志
#+PROPERTY: ID KR2k9001
#+PROPERTY: BASEEDITION WYG
#+PROPERTY: JUAN {juan}
"""
HANGING = """<pb:KR2k9001_WYG_001-1a>¶
欽定四庫全書¶
　海上小志卷一　　　　　　　明　陸文　　撰¶
　　　風俗¶
　　浦水以東其俗淳厚而好學里中多藏書之家故具¶
　　列於左¶
里人善漁以其生長江湖盡得水族之性每歳春水方生¶
　則結網於浦口(大者曰罾小/者曰罩竹器)<pb:KR2k9001_WYG_001-1b>曰笱凡舟皆以桐油¶
　塗之其老者能望雲氣而知風雨所自來言多騐也其¶
<pb:KR2k9001_WYG_001-2a>¶
　婦女則織布為業(一婦日成布一疋長二十尺有餘/精者可以為衣粗者可以為囊皆)¶
　(售於市/中得錢)以佐家計夜分猶聞機杼聲也¶
市在橋南¶
　　　橋梁(附/渡)¶
萬年橋在縣西南二里&KR0123;石為之髙三丈有餘行人便¶
　焉¶
<pb:KR2k9001_WYG_001-2b>¶
¶
　海上小志卷一¶
"""
FLUSH = """<pb:KR2k9001_WYG_002-1a>¶
欽定四庫全書¶
　海上小志卷二¶
　　題詠¶
松江府¶
　　登浦上小樓　　　　　　　　　　沈　雲¶
樓外青山不改春浦頭潮落見沙痕行人莫問前朝事只¶
有漁舟日暮還十里荷花香滿路一庭明月照空門當年¶
舊燕來何處飛入尋常百姓村¶
　　又　　　　　　　　　　　　　　周　竹¶
小樓昨夜雨初收獨倚闌干數客舟欲寄新詩無雁過白¶
蘋風起滿汀洲¶
"""
LISTS = """<pb:KR2k9001_WYG_003-1a>¶
欽定四庫全書¶
　海上小志卷三¶
　　　進士題名¶
端拱元年程宿牓¶
　　龔文¶
淳化三年孫何牓¶
　　丁清(宰相/)　　錢明(諫議/大夫)　　謝安之¶
　　陸仲　　　　張舟¶
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the small book: three juans laid out in three ways, and a Readme."""
    place = tmp_path / "KR2k9001"
    place.mkdir()
    for number, (juan, text) in enumerate((("卷一", HANGING), ("卷二", FLUSH), ("卷三", LISTS)), 1):
        (place / f"KR2k9001_{number:03}.txt").write_text(HEADER.format(juan=juan) + text, "utf-8")
    (place / "Readme.org").write_text("#+TITLE: 海上小志 / WYG\n* 版本\n |       WYG|【四庫全書・文淵閣】|\n", "utf-8")
    return place
