"""Why a book does not come in."""


class BookRefused(Exception):
    """Nothing of a book was saved; `faults` says why, each with the name of its file, in the active language."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
