"""How a number in a query may be written otherwise: 1920年 and 一九二〇年, 120亩 and 一百二十亩, 廿三 and 23, 卷三 and 第3卷.

Nothing of this is in an index: a query is answered by all of these spellings. Exact mode knows none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from search.folding import fold

DIGITS = "〇一二三四五六七八九"
FINANCIAL = "〇壹贰叁肆伍陆柒捌玖"
UNITS = {"十": 10, "百": 100, "千": 1000}
TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
ROMAN = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"
COUNTED = "年月日号卷册页叶期回章节条路弄室层楼亩里尺丈人名座所个届版世岁次辑"
"""What a single numeral stands before, unless 第 or 卷 stands before it: 三 in 三山会馆 is no number."""
MOST = 16
"""Other spellings of one phrase."""

_ordinary = str.maketrans(FINANCIAL + "拾佰仟两", DIGITS + "十百千二") | {
    ord(sign): both for sign, both in TENS.items()
}
_financial = str.maketrans(DIGITS + "十百千", FINANCIAL + "拾佰仟")
_roman = {first + number: str(number + 1) for first in (0x2160, 0x2170) for number in range(len(ROMAN))}
_zero = re.compile(f"(?<=[{DIGITS}])[0o](?=[{DIGITS}年])")
_numeral = re.compile(
    rf"(?<![0-9a-z])[0-9]{{1,9}}(?![0-9a-z])|[{DIGITS}{FINANCIAL}十百千万拾佰仟两{''.join(TENS)}]{{1,20}}"
)
_section = re.compile(
    "(?:[一二三四五六七八九]千)?〇?(?:[一二三四五六七八九]?百)?〇?(?:[一二三四五六七八九]?十)?〇?[一二三四五六七八九]?"
)
_order = f"([0-9]+|[{DIGITS}{FINANCIAL}十百拾佰{''.join(TENS)}]+)"
_volume = re.compile(f"(?<!第)卷{_order}(?!卷)|第{_order}卷")


def others(words: str) -> tuple[str, ...]:
    """The same words with their numbers written in every other way; none where there is no number."""
    bare = _zero.sub("〇", fold(words.translate(_roman)))
    numbers = [(found.span(), number) for found in _numeral.finditer(bare) if (number := _read(found))]
    written = dict.fromkeys(_written(bare, numbers, style) for style in STYLES) if numbers else {}
    return tuple(dict.fromkeys([*written, *filter(None, map(_otherwise, written))]))[:MOST]


def _read(found: re.Match[str]) -> str:
    """The digits of a number without leading zeros; empty for what is none."""
    run = found[0]
    if run.isascii():
        return run if run[0] != "0" else ""
    if len(run) == 1 and not _is_counted(found):
        return ""
    run = run.translate(_ordinary)
    if len(run) > 1 and all(sign in DIGITS for sign in run):
        digits = "".join(str(DIGITS.index(sign)) for sign in run)
        return digits if digits[0] != "0" and len(digits) < 10 else ""
    parts = run.split("万")
    if len(parts) > 2 or (len(parts) == 2 and not parts[0]) or not all(map(_section.fullmatch, parts)):
        return ""
    value = sum(_value(part) * 10_000**power for power, part in enumerate(reversed(parts)))
    return str(value) if value else ""


def _is_counted(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    return before.endswith(("第", "卷")) or after.startswith(tuple(COUNTED))


def _value(section: str) -> int:
    """The value of a numeral below ten thousand; 百二十 is 120."""
    value, digit = 0, 0
    for sign in section:
        if sign in UNITS:
            value, digit = value + (digit or 1) * UNITS[sign], 0
        else:
            digit = DIGITS.index(sign)
    return value + digit


def spoken(number: int) -> str:
    """A number below a hundred million in words: 12 is 十二, 120 一百二十, 105 一百〇五."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return spoken(high) + "万" + ("〇" if 0 < low < 1000 else "") + (spoken(low) if low else "")
    said = "".join(
        DIGITS[int(digit)] + unit for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    )
    said = re.sub("(?:〇[千百十]?)+", "〇", said).strip("〇")
    return said.removeprefix("一") if said.startswith("一十") else said


def _in_digits(number: str, least: int) -> str:
    """Digit by digit where there are so many, as years are, else in words; 二三日 would be two or three days."""
    vague = len(number) == 2 and int(number[1]) == int(number[0]) + 1
    return spoken(int(number)) if vague or len(number) < least else "".join(DIGITS[int(digit)] for digit in number)


def _old(number: str) -> str:
    return spoken(int(number)).replace("一十", "十")


def _shortened(said: str) -> str:
    """With a sign of its own for twenty, thirty and forty."""
    for sign, both in TENS.items():
        said = said.replace(both, sign)
    return said


Style = Callable[[str], str]
STYLES: tuple[Style, ...] = (
    str,
    lambda number: _in_digits(number, 3),
    lambda number: spoken(int(number)),
    lambda number: _in_digits(number, 2),
    lambda number: _shortened(_in_digits(number, 3)),
    lambda number: _shortened(spoken(int(number))),
    _old,
    lambda number: re.sub("^一(?=[百千])", "", _old(number)),
    lambda number: re.sub("二(?=[百千万])|^二$", "两", spoken(int(number))),
    lambda number: spoken(int(number)).translate(_financial),
    lambda number: ROMAN[int(number) - 1] if int(number) <= len(ROMAN) else number,
)
"""Each writes a number given in digits: 1920, 一九二〇, 一千九百二十, then 九八, 廿八, 一百十二, 百二十, 两百, 贰佰, ⅻ."""


def _written(bare: str, numbers: list[tuple[tuple[int, int], str]], style: Style) -> str:
    def pieces() -> Iterator[str]:
        at = 0
        for (start, end), number in numbers:
            yield bare[at:start]
            # Beyond a hundred million nobody writes words.
            yield style(number) if len(number) <= 8 else number
            at = end
        yield bare[at:]

    return "".join(pieces())


def _otherwise(words: str) -> str:
    """卷三 for 第三卷 and the reverse; empty where there is no volume."""
    changed = _volume.sub(lambda volume: f"第{volume[1]}卷" if volume[1] else f"卷{volume[2]}", words)
    return "" if changed == words else changed
