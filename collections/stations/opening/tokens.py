"""Hours cut into words: signs of any width, Chinese and English, and OpenStreetMap's."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stations.opening import holidays
from stations.opening.rules import NotHours

WEEK = "一二三四五六日"
ENGLISH_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DIGITS = "零一二三四五六七八九"
SETS = {
    "工作日": range(5), "平日": range(5), "weekdays": range(5), "周末": (5, 6), "双休日": (5, 6), "weekends": (5, 6),
}  # fmt: skip
FEASTS = {
    "元旦": holidays.NEW_YEAR, "春节": holidays.SPRING, "清明": holidays.QINGMING, "五一": holidays.LABOUR,
    "劳动": holidays.LABOUR, "端午": holidays.DRAGON_BOAT, "中秋": holidays.MID_AUTUMN, "国庆": holidays.NATIONAL,
}  # fmt: skip
EARLY, NOON, LATE = "凌晨|清晨|早上|早晨|上午|早", "中午", "下午|傍晚|晚上|晚间|夜里|晚"
PART = rf"(?P<part>{EARLY}|{NOON}|{LATE})?\s*"
HALF = r"(?P<half>[ap]\.?m\.?)(?![a-z])"
COUNTED = "[零一二三四五六七八九十]{1,3}"

# The first that fits, of a text in small letters with every 至 and 到 made a dash.
WORDS = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("always", r"24\s*/\s*7|(?:全天|24\s*小时|昼夜)(?:开放|营业)?|24 hours"),
        ("off", r"off\b|closed|休息|闭馆|闭门|休馆|不开[放门]?|不营业|关[门闭]|放假|除外"),
        ("holiday", r"(?:法定)?节?假日|公[众共]假期|节日|ph(?![a-z])|(?:public )?holidays?"),
        ("feast", rf"(?P<feast>{'|'.join(FEASTS)})节?(?:假期|长假)?(?![点时])"),
        ("rest", r"每[天日]|天天|其[余他它](?:时间|各?[日天])?|daily|every ?day"),
        ("set", rf"(?P<set>{'|'.join(SETS)})"),
        (
            "days",
            rf"(?:周|星期|礼拜)(?P<days>[{WEEK}天]+)(?:\s*-\s*(?:周|星期|礼拜)?(?P<last>[{WEEK}天])(?![点时]))?",
        ),
        (
            "day",
            r"(?P<day>mo|tu|we|th|fr|sa|su)(?:n|nday|es?|esday|d|dnesday|u|ur|urs|ursday|i|iday|t|turday)?s?\.?(?![a-z])",
        ),
        ("month", rf"(?P<month>{'|'.join(ENGLISH_MONTHS)})[a-z]*\.?(?![a-z])|(?P<number>\d{{1,2}})\s*月份?"),
        ("date", r"(?P<date>\d{1,2})\s*[日号]"),
        ("clock", rf"{PART}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?!\d)\s*(?:{HALF})?"),
        (
            "clock",
            rf"{PART}(?P<hour>\d{{1,2}}|{COUNTED})\s*[点时](?:(?P<quarter>半|一刻|三刻)|(?P<minute>\d{{1,2}}|{COUNTED})分?|钟|整)?",
        ),
        ("clock", rf"(?P<part>{EARLY}|{NOON}|{LATE})\s*(?P<hour>\d{{1,2}})(?![\d:])"),
        ("clock", rf"(?P<hour>\d{{1,2}})\s*{HALF}"),
        ("year", r"(?P<year>20\d\d)(?![\d:])\s*年?"),
        ("number", r"(?P<number>\d{1,2})(?![\d:])"),
        ("dash", r"-+|to\b"),
        ("comma", r"[,、&]|和|及|与|and\b"),
        ("end", r"[;。\n()|]"),
        ("nothing", r"\s+|:|开放时间|营业时间|开放|营业|开[门馆]|期间|时间|open"),
    )
]
STRANGE = re.compile(r"[^\s,、;。()]+")


@dataclass(frozen=True)
class Token:
    """A word of hours: what sort it is, the text of it, and its number or numbers."""

    kind: str
    text: str
    value: int = 0
    values: frozenset[int] = frozenset()
    key: str = ""
    late: bool = False


def plain(text: str) -> str:
    """Return a text with signs of one width, small letters, and one dash for all that mean from one to another."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[‐‑‒–—―−~〜∼]|至|到", "-", folded)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text; NotHours names the first that is none."""
    text, at = plain(text), 0
    while at < len(text):
        kind, found = next(((k, m) for k, p in WORDS if (m := p.match(text, at))), ("", None))
        if found is None:
            strange = STRANGE.match(text, at)
            raise NotHours(NotHours.UNKNOWN, strange[0] if strange else text[at])
        at = found.end()
        if kind != "nothing":
            yield token(kind, found)


def token(kind: str, found: re.Match[str]) -> Token:
    """Return the word that a pattern found."""
    text, said = found[0].strip(), found.groupdict()
    if kind == "feast":
        return Token(kind, text, key=FEASTS[said["feast"]])
    if kind == "set":
        return Token("days", text, values=frozenset(SETS[said["set"]]))
    if kind == "days":
        return Token(kind, text, values=weekdays(said["days"].replace("天", "日"), said["last"]))
    if kind == "day":
        return Token(kind, text, ENGLISH_DAYS.index(said["day"]))
    if kind == "month":
        number = ENGLISH_MONTHS.index(said["month"]) + 1 if said["month"] else int(said["number"])
        return Token(kind, text, number)
    if kind == "clock":
        return clock(text, said)
    if kind in ("date", "number", "year"):
        return Token(kind, text, int(said[kind]))
    return Token(kind, text)


def weekdays(days: str, last: str | None) -> frozenset[int]:
    """Return the days of 一三五, or from the last of them on to another."""
    listed = [WEEK.index(day) for day in days]
    return (
        frozenset(listed[:-1]) | through(listed[-1], WEEK.index(last.replace("天", "日")))
        if last
        else frozenset(listed)
    )


def through(first: int, last: int) -> frozenset[int]:
    """Return the weekdays from one to another, over Sunday where need be."""
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def clock(text: str, said: dict[str, str | None]) -> Token:
    """Return a time of day in minutes; NotHours where there is none such."""
    hour, part = counted(said["hour"] or ""), said.get("part") or ""
    quarter = {"半": 30, "一刻": 15, "三刻": 45}.get(said.get("quarter") or "", 0)
    minute = quarter or counted(said.get("minute") or "0")
    late = (said.get("half") or "").startswith("p") or re.fullmatch(LATE, part) is not None
    early = (said.get("half") or "").startswith("a") or part == "凌晨"
    if minute > 59 or hour > 30 or (hour > 12 and (said.get("half") or early)):
        raise NotHours(NotHours.NO_CLOCK, text)
    if (late and hour < 12) or (part == NOON and hour < 11):
        hour += 12
    elif late and hour == 12 and part not in ("", "下午"):
        # Twelve at night ends the day.
        hour = 24
    elif early and hour == 12:
        hour = 0
    return Token("clock", text, hour * 60 + minute, late=late)


def counted(number: str) -> int:
    """Return the number of digits, or of characters up to ninety-nine."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones[-1]) if ones else 0)
