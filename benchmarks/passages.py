"""Passages for benchmarks: real texts cut as they stand, or their clauses mixed by a seeded chance into as many as are wanted."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from search.document import Document

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
KINDS = ("entry", "person", "place", "work", "event")
THEMES = ("水系与地名", "道路与里弄", "人物")
SUBDISTRICTS = ("湖南路", "天平路", "枫林路", "徐家汇", "斜土路", "田林", "虹梅路", "龙华")
LATIN = (
    "Avenue Joffre",
    "Old churches by the creek",
    "Bridges and city gates",
    "Route Paul Brunat",
    "The café library",
)
COMMON = ("徐家匯", "龍華", "肇嘉浜", "法華鎮", "蒲匯塘")
"""Words of two and three characters, each put into a fifth of the mixed passages."""
LENGTH = 200
"""Characters of a mixed passage, about."""
AUTHORITIES = 50
"""One mixed passage in so many is of something with names."""
DAY, YEARS = datetime.date(1040, 1, 1).toordinal(), 900


class Texts:
    """A folder of .txt files, the marks of Kanripo's format made ours or taken out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def whole(self) -> str:
        """All texts in one: leaves as ⟦013-1a⟧, a paragraph where a printed line begins at the top."""
        read = "\n".join(file.read_text("utf-8-sig", "ignore") for file in sorted(self.folder.rglob("*.txt")))
        read = re.sub(r"^#.*\n?|^.*\.png\s*$", "", read, flags=re.MULTILINE)
        read = re.sub(r"<pb:[^>\n]*_([^>_\n]{1,30})>", r"⟦\1⟧", read).replace("¶", "")
        return re.sub("\n+(?=[⟦\u3000])|[^\\S\n]", "", read)

    @cached_property
    def clauses(self) -> list[str]:
        """Runs of Han characters; those longer than a printed line are cut by chance."""
        chance, found = random.Random("clauses"), []
        for run in re.findall(f"[{HAN}]+", re.sub("⟦[^⟧]*⟧|\n", "", self.whole)):
            at = 0
            while at < len(run):
                found.append(run[at : (at := at + chance.randint(6, 20))])
        if not found:
            raise SystemExit(f"No Chinese text in any .txt file under {self.folder}")
        return [clause for clause in found if len(clause) > 1]

    def mixed(self, count: int) -> Iterator[Document]:
        """So many passages of about 200 characters, always the same ones; number n does not depend on those before it."""
        return (self.passage(number, count) for number in range(1, count + 1))

    def passage(self, number: int, count: int) -> Document:
        """Passage n of so many."""
        chance = random.Random(f"passage {number}")
        days = DAY + chance.randrange(YEARS * 365)
        return Document(
            id=number,
            kind=chance.choice(KINDS),
            uid=f"XH-EN-{number:06}",
            title="".join(chance.choices(self.clauses, k=5))[: chance.randint(4, 10)],
            title_en=f"{chance.choice(LATIN)} {number}" if chance.random() < 0.2 else "",
            names=self.names(number),
            text=self._text(chance),
            ties=self.names(self._authority(chance, count)) if chance.random() < 0.3 else (),
            authority=number % AUTHORITIES == 0,
            first=days,
            last=days + chance.choice((0, 364, 3650)),
            places=tuple(chance.sample(range(901, 926), chance.randint(0, 2))),
            themes=tuple(chance.sample(THEMES, chance.randint(0, 2))),
            subdistrict=chance.choice(("", *SUBDISTRICTS)),
            languages=chance.choice((("zh",), ("zh",), ("zh", "en"))),
            pictures=chance.random() < 0.25,
        )

    def names(self, number: int) -> tuple[str, ...]:
        """Other names of passage n, if it is of something that has names."""
        if number % AUTHORITIES:
            return ()
        chance = random.Random(f"names {number}")
        han = tuple(chance.choice(self.clauses)[: chance.randint(2, 4)] for _ in range(chance.randint(1, 3)))
        return (*han, f"{chance.choice(LATIN)} {number}") if chance.random() < 0.3 else han

    @staticmethod
    def _authority(chance: random.Random, count: int) -> int:
        return AUTHORITIES * chance.randint(1, max(1, count // AUTHORITIES))

    def _text(self, chance: random.Random) -> str:
        parts, length = [], 0
        while length < LENGTH:
            parts += [chance.choice(self.clauses), chance.choice("，，，。\n")]
            length += len(parts[-2]) + 1
        for word in COMMON:
            if chance.random() < 0.2:
                at = 2 * chance.randrange(len(parts) // 2)
                parts[at] = word + parts[at]
        return "".join(parts)

    def real(self, count: int) -> Iterator[Document]:
        """So many passages of equal length, cut from the texts as they stand, with the facets of mixed ones."""
        width = max(12, len(self.whole) // count)
        for number in range(1, count + 1):
            mixed, start = self.passage(number, count), (number - 1) * width
            text = self.whole[start : start + width]
            yield replace(mixed, title=text[:8].replace("\n", ""), text=text)
