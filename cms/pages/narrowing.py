"""Which parameters of an address narrow, order or search what a page lists: whoever reads them says so, and robots keep out."""

_names: dict[str, None] = {}


def narrows(*names: str) -> tuple[str, ...]:
    """Say that a page makes another list of itself by these parameters, from the module that reads them; return them.

    A kind's `contexts.py` or `urls.py` imports that module, so all is said before the first answer.
    """
    _names.update(dict.fromkeys(names))
    return names


def narrowing() -> list[str]:
    """Return them all, by name."""
    return sorted(_names)
