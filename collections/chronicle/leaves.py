"""Leaf numbers of old books as scholars cite them: 013-1a is the front of the first leaf of juan 13, 叶一上."""

import re

DIGITS = "〇一二三四五六七八九"
LEAF = re.compile(r"(?:.*-)?0*(\d{1,3})([ab])")
SIDES = {"a": "上", "b": "下"}


def in_chinese(number: int) -> str:
    """Write a number from 1 to 999 in Chinese, as 一百零三."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (DIGITS[ones] if ones or not number else "")


def leaf(name: str) -> str:
    """Write one leaf, as 三下; a number of another system stays as it is."""
    found = LEAF.fullmatch(name)
    return in_chinese(int(found[1])) + SIDES[found[2]] if found else name


def leaf_range(first: str, last: str) -> str:
    """Write from where to where a text runs, as 叶一上至三下; empty when the book has no leaves."""
    if not first:
        return ""
    return f"叶{leaf(first)}" + (f"至{leaf(last)}" if last and last != first else "")
