"""What the checker says, in the language of whoever reads it: the importer itself speaks Chinese, which labels are compared in."""

import re
from functools import cache

from django.utils.translation import get_language, gettext, gettext_noop

from cms.desk.incoming.sentences import SENTENCES

WHERE = re.compile(r"(?P<file>.+?) 第 (?P<row>\d+) 行(?:“(?P<column>[^”]*)”)?：(?P<said>.*)", re.DOTALL)
ROW = gettext_noop("{file} 第 {row} 行“{column}”：{said}")


@cache
def patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return each sentence of the importer's as what finds it."""
    made = []
    for sentence in SENTENCES:
        parts = re.split(r"(\{\w+\})", sentence)
        pattern = "".join(f"(?P<{p[1:-1]}>.*?)" if p.startswith("{") else re.escape(p) for p in parts)
        made.append((re.compile(pattern, re.DOTALL), sentence))
    return made


def spoken(message: str) -> str:
    """Return a message in the language of whoever reads it; one that has no English stays as it is."""
    if (get_language() or "zh").startswith("zh"):
        return message
    if (whole := gettext(message)) != message:
        return whole
    if "\n" in message and not WHERE.fullmatch(message):  # several of one cell
        return "\n".join(map(spoken, message.split("\n")))
    for pattern, sentence in patterns():
        if found := pattern.fullmatch(message):
            return gettext(sentence).format(**found.groupdict())
    if found := WHERE.fullmatch(message):
        parts = {name: text or "" for name, text in found.groupdict().items()}
        return gettext(ROW).format(**{**parts, "said": spoken(parts["said"])})
    before, colon, after = message.partition("：")
    return f"{before}: {spoken(after)}" if colon else message
