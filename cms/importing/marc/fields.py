"""The fields of one record, each with its other script, and which of their subfields were read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pymarc import Field, Record

from cms.importing.marc.description import TO_CHINESE, TO_LATIN, Pair
from cms.importing.marc.words import plain
from cms.importing.signs import tidy

LINK = re.compile(r"(?P<tag>[0-9A-Z]{3})-(?P<number>[0-9]{2,3})(?:/(?P<script>[^/]+))?")
TECHNICAL = frozenset({"001", "003", "005", "008", "040", "066"})
"""Fields that say when, where and in which scripts the card was made, and in codes what other fields say in words."""


@dataclass(frozen=True)
class Said:
    """One thing said once or in two scripts: `main` the field itself, `other` its 880; `script` is what $6 says of one alone."""

    tag: str
    main: Field | None
    other: Field | None = None
    script: str = ""

    @property
    def any(self) -> Field:
        """The field that there is."""
        found = self.main or self.other
        if found is None:
            raise ValueError("nothing is said")
        return found

    @property
    def is_pair(self) -> bool:
        """Whether it is said in two scripts."""
        return self.main is not None and self.other is not None


class Fields:
    """The fields of a record. Whatever of them is not read is left, and can be told."""

    def __init__(self, record: Record, own: bool = False) -> None:
        self.record, self.own = record, own
        self.used: set[tuple[int, str]] = set()
        linked: dict[tuple[str, str], Field] = {}
        alone: list[Said] = []
        for field in record.get_fields("880"):
            link = LINK.match(field.get("6") or "")
            self.used.add((id(field), "6"))
            if link and link["number"].strip("0"):
                linked[(link["tag"], link["number"])] = field
            else:
                alone.append(Said(link["tag"] if link else "880", None, field, script(link)))
        self.every: list[Said] = []
        for field in record.fields:
            if field.tag == "880" or field.control_field:
                continue
            link = LINK.match(field.get("6") or "")
            self.used.add((id(field), "6"))
            other = linked.pop((field.tag, link["number"]), None) if link else None
            self.every.append(Said(field.tag, field, other, "" if other else script(link)))
        alone += [Said(tag, None, field, TO_CHINESE) for (tag, _number), field in linked.items()]
        # What stands in no Latin letters alone follows the fields of its tag.
        for one in alone:
            after = max((at for at, said in enumerate(self.every) if said.tag <= one.tag), default=-1)
            self.every.insert(after + 1, one)

    def control(self, tag: str) -> str:
        """Return a control field, "" for none."""
        field = self.record.get(tag)
        return (field.data or "") if field is not None and field.control_field else ""

    def said(self, *tags: str) -> Iterator[Said]:
        """Yield what is said under some tags, in the order of the record."""
        return (one for one in self.every if one.tag in tags)

    def text(self, field: Field | None, codes: str, between: str = " ", sentence: bool = False) -> str:
        """Return some subfields of a field in its own order, and note that they were read; a sentence keeps its full stop."""
        if field is None or field.control_field:
            return ""
        words = []
        for sub in field.subfields:
            if sub.code in codes:
                self.used.add((id(field), sub.code))
                words.append(tidy(sub.value))
        text = between.join(filter(None, words))
        return text if sentence else plain(text, self.own)

    def use(self, field: Field | None, codes: Iterable[str]) -> None:
        """Note that subfields were read, or say nothing that is not said elsewhere."""
        if field is not None:
            self.used.update((id(field), code) for code in codes)

    def sides(self, said: Said, codes: str, between: str = " ", sentence: bool = False) -> Pair:
        """Return what is said in two scripts, that of the 880 first; what stands alone is second, unless $6 says its script."""
        main, other = (self.text(field, codes, between, sentence) for field in (said.main, said.other))
        if said.other is not None:
            return (other, main)
        return (main, "") if said.script == TO_CHINESE else ("", main)

    def left(self) -> Counter[str]:
        """Return how often each subfield was not read, as `650 $x`."""
        found: Counter[str] = Counter()
        for field in self.record.fields:
            if field.control_field:
                found[field.tag] += field.tag not in TECHNICAL
                continue
            if field.tag in TECHNICAL:
                continue
            link = LINK.match(field.get("6") or "") if field.tag == "880" else None
            tag = link["tag"] if link else field.tag
            found.update(f"{tag} ${sub.code}" for sub in field.subfields if (id(field), sub.code) not in self.used)
        return +found


def script(link: re.Match[str] | None) -> str:
    """Return the script that $6 names of a field that has no other: East Asian, Latin, or unsaid."""
    named = (link["script"] or "") if link else ""
    return named if named in (TO_CHINESE, TO_LATIN) else ""
