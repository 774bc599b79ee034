"""Words that no line breaks: a word with its reading, the marks beside it, and lines of a sentence each."""

import pytest

from picturebooks.reading import misfit, ruby
from picturebooks.wording import CLOSING, OPENING, lines


def set_out(text: str, pinyin: str = "") -> list[list[str]]:
    """Return the lines as words, each reading in brackets."""
    return [
        ["".join(f"{base}[{over}]" if over else base for base, over in word.ruby) for word in line]
        for line in lines(text, pinyin)
    ]


WORDS = [
    ("我也晒一会儿。", "wǒ yě shài yíhuìr", [["我[wǒ]", "也[yě]", "晒[shài]", "一会儿[yíhuìr]。"]]),
    ("我也晒一会儿。", "wǒ yě shài yí huì er", [["我[wǒ]", "也[yě]", "晒[shài]", "一[yí]", "会[huì]", "儿[er]。"]]),
    ("这儿有花儿。哪儿？", "zhèr yǒu huār nǎr", [["这儿[zhèr]", "有[yǒu]", "花儿[huār]。"], ["哪儿[nǎr]？"]]),
    ("花儿", "huā r", [["花[huā]", "儿[r]"]]),
    ("西安", "xī'ān", [["西安[xī’ān]"]]),
    ("天安门", "tiānānmén", [["天安门[tiān’ānmén]"]]),
    ("12只", "shí'èr zhī", [["12[shí’èr]", "只[zhī]"]]),
    ("200个", "liǎngbǎi gè", [["200[liǎngbǎi]", "个[gè]"]]),
    ("3.5米", "sān diǎn wǔ mǐ", [["3[sān]", ".[diǎn]", "5[wǔ]", "米[mǐ]"]]),
    ("2019年", "2019 nián", [["2019", "年[nián]"]]),
    ("3D电影", "3D diànyǐng", [["3", "D", "电影[diànyǐng]"]]),
    ("卡拉OK", "kǎlāOK", [["卡拉[kǎlā]", "OK"]]),
    ("嗯，呣，欸！", "ńg ḿ ê̄", [["嗯[ńg]，", "呣[ḿ]，", "欸[ê̄]！"]]),
    ("一天", "yì/yī tiān", [["一[yì/yī]", "天[tiān]"]]),
    ("绿女", "lǜnǚ", [["绿女[lǜnǚ]"]]),
]


@pytest.mark.parametrize(("text", "pinyin", "wanted"), WORDS)
def test_a_word_has_its_pinyin_joined(text: str, pinyin: str, wanted: list[list[str]]) -> None:
    assert misfit(text, pinyin) is None
    assert set_out(text, pinyin) == wanted


def test_marks_stay_with_their_word_and_sentences_have_lines() -> None:
    text = "“走吗？”我问。他说：“好！” “走。”\n……（完）《书》、“a b”"
    assert set_out(text) == [
        ["“走", "吗？”", "我", "问。"],
        ["他", "说：", "“好！” "],
        ["“走。”"],
        ["……", "（完）", "《书》、", "“a ", "b”"],
    ]
    for line in lines(text, ""):
        for word in line[1:]:
            assert word.text[0] not in CLOSING
            assert word.text.rstrip()[-1] not in OPENING


def test_what_is_wider_than_a_narrow_line_is_set_in_pieces() -> None:
    assert [len(word) for word in set_out("Supercalifragilistic，")[0]] == [8, 8, 5]
    assert [word.joined for word in lines("Supercalifragilistic，", "")[0]] == [True, True, False]
    assert set_out("中华人民共和国", "zhōnghuárénmíngònghéguó")[0][:2] == ["中[zhōng]", "华[huá]"]


def test_nothing_of_a_text_is_lost() -> None:
    for text, pinyin in [
        ("清早，风来叫我。“走吗？”", ""),
        ("a，1，。\n\n 二", ""),
        ("", "zì"),
        ("，。", ""),
        ("「」", ""),
    ]:
        said = "".join(word.text for line in lines(text, pinyin) for word in line)
        assert "".join(said.split()) == "".join(text.split())
        assert "".join(base for base, _over in ruby(text, pinyin)) == text
