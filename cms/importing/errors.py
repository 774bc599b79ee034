"""What is wrong with a file, by row and column, in the librarian's language."""

from dataclasses import dataclass

LONGEST_MESSAGE = 600
"""Characters; a message that quotes a cell of two million says as much in fewer."""


@dataclass(frozen=True)
class Option:
    """A record that a name may mean, by number, with the name of its kind; `score` is 0 to 100."""

    uid: str
    title: str
    kind: str
    score: int


@dataclass(frozen=True)
class Ask:
    """A name in a cell that is certain of no record: what it may mean, and the kinds of which a new one could be made."""

    text: str
    options: tuple[Option, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class RowError:
    """One fault; `row` is the number that Excel shows, 0 where the whole file is meant; `asks` what a choice would mend."""

    file: str
    row: int
    column: str
    message: str
    asks: tuple[Ask, ...] = ()

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f" 第 {self.row} 行"
        if self.column:
            where += f"“{self.column}”"
        message = self.message
        if len(message) > LONGEST_MESSAGE:
            message = f"{message[:LONGEST_MESSAGE]}……"
        return f"{where}：{message}" if where else message


class ImportRefused(Exception):
    """Nothing was saved; `errors` says why."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


class CellError(ValueError):
    """A cell cannot be read; the text says why and what would do."""


class UnknownName(CellError):
    """A cell names something that is certain of no record; `asks` has a question for each name."""

    def __init__(self, message: str, asks: tuple[Ask, ...]) -> None:
        super().__init__(message)
        self.asks = asks


def refuse(name: str, message: str, row: int = 0, column: str = "") -> ImportRefused:
    """Return the refusal of a whole file."""
    return ImportRefused([RowError(name, row, column, message)])
