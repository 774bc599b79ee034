"""The fields of one record on their way out: once where their letters say which language it is, else with their 880."""

from collections.abc import Callable, Sequence

from pymarc import Field, Indicators, Leader, Record, Subfield

from cms.importing.marc.description import TO_CHINESE, TO_LATIN, Pair

LEADER = "00000nam a2200000uu 4500"
Codes = Sequence[tuple[str, str]]


class Card:
    """A record in the making."""

    def __init__(self) -> None:
        self.record = Record(force_utf8=True)
        self.record.leader = Leader(LEADER)
        self.others: list[Field] = []

    def control(self, tag: str, data: str) -> None:
        """Add a control field."""
        self.record.add_field(Field(tag=tag, data=data))

    def add(self, tag: str, marks: str, codes: Codes) -> None:
        """Add a field with what of its subfields says anything."""
        self.record.add_field(made(tag, marks, codes))

    def pair(self, tag: str, marks: str, latin: Codes, chinese: Codes) -> None:
        """Add a field and the same in Chinese, each with the number of the other."""
        number = f"{len(self.others) + 1:02d}"
        self.add(tag, marks, [("6", f"880-{number}"), *latin])
        self.others.append(made("880", marks, [("6", f"{tag}-{number}/{TO_CHINESE}"), *chinese]))

    def say(
        self, tag: str, marks: str, pair: Pair, alone: Callable[[str], Pair], more: Codes = (), code: str = "a"
    ) -> None:
        """Add what is said in Chinese and in English; `alone` tells how a text that stands alone is read."""
        chinese, english = pair
        if not (chinese or english):
            return
        if alone(chinese or english) == pair:
            self.add(tag, marks, [(code, chinese or english), *more])
        elif chinese and english:
            self.pair(tag, marks, [(code, english), *more], [(code, chinese), *more])
        else:
            link = f"880-00/{TO_CHINESE if chinese else TO_LATIN}"
            self.add(tag, marks, [("6", link), (code, chinese or english), *more])

    def done(self) -> Record:
        """Return the record."""
        for field in self.others:
            self.record.add_field(field)
        return self.record


def made(tag: str, marks: str, codes: Codes) -> Field:
    """Return a field; blanks of its indicators are written as `#`."""
    return Field(
        tag=tag,
        indicators=Indicators(*marks.replace("#", " ")),
        subfields=[Subfield(code, text) for code, text in codes if text],
    )
