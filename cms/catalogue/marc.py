"""Which fields of a kind hold what a catalogue record (MARC 21, CNMARC) says of a book."""

from dataclasses import dataclass

Sides = tuple[str, str]
"""A field in Chinese and its English one; "" where a kind has none."""


@dataclass(frozen=True)
class MarcMap:
    """What a kind has a field for. The rest of a record becomes labelled paragraphs of its running text.

    `readers` are codes of MARC 21's target audience (008/22): records for these become this kind, of all others the kind without.
    """

    author: Sides = ("author", "author_en")
    illustrator: Sides = ("", "")
    translator: Sides = ("", "")
    edition: Sides = ("", "")
    publisher: str = "publisher"
    isbn: str = "isbn"
    address: str = ""
    readers: str = ""

    def maker(self, role: str) -> Sides:
        """Return the fields of a role: author, illustrator or translator; of any other there are none."""
        return {"author": self.author, "illustrator": self.illustrator, "translator": self.translator}.get(
            role, ("", "")
        )
