"""The running text of a record on its way out: paragraphs that fields say, and the rest as notes in their order."""

from cms.exporting.marc.writing import Card
from cms.importing.marc.description import Pair, of_note
from cms.importing.marc.labels import BETWEEN, of_paragraph

TAGS = {"extent": ("300", "##"), "series": ("490", "0#"), "bibliography": ("504", "##"), "contents": ("505", "0#")}
"""Fields of paragraphs that begin with a word of ours; any other is a general note."""
PARTED = "\n\n"


class Paragraphs:
    """The running text in both languages; what a field of its own says is taken out of it."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.sides = [[one for one in cells.get(name, "").split(PARTED) if one] for name in ("body", "body_en")]

    def begins(self, name: str, side: int) -> str:
        """Return what the text says of a thing, if it begins with it; "" else."""
        found, rest = of_paragraph(self.sides[side][0], side) if self.sides[side] else ("", "")
        return rest if found == name else ""

    def take(self, name: str) -> str:
        """Take what one field can say of a thing: in Chinese or in English, where its letters tell which."""
        for side in (0, 1):
            rest = self.begins(name, side)
            if rest and of_note(rest)[side]:
                del self.sides[side][0]
                return rest
        return ""

    def take_both(self, name: str) -> Pair:
        """Take what a field and its 880 say of a thing."""
        found = self.begins(name, 0), self.begins(name, 1)
        for side in (0, 1):
            if found[side]:
                del self.sides[side][0]
        return found

    def take_subjects(self) -> list[Pair]:
        """Take the subjects, with which a text ends."""
        found: list[Pair] = []
        for side, between in enumerate(BETWEEN):
            name, rest = of_paragraph(self.sides[side][-1], side) if self.sides[side] else ("", "")
            subjects = rest.split(between)
            if name == "subject" and all(one and one == one.strip() for one in subjects):
                del self.sides[side][-1]
                found += [(one, "") if side == 0 else ("", one) for one in subjects]
        return found

    def add_to(self, card: Card) -> None:
        """Add what is left: each paragraph as a note."""
        for side, texts in enumerate(self.sides):
            for text in texts:
                name, rest = of_paragraph(text, side)
                tag, marks = TAGS.get(name, ("500", "##"))
                said = rest if name in TAGS else text
                card.say(tag, marks, (said, "") if side == 0 else ("", said), of_note)
