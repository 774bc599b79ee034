"""Reading page numbers that anyone may have typed."""

LARGEST = 100_000


def page_number(text: str) -> int:
    """Return a page number of 1 or more from any text: `page=1e20`, `-1` and `x` are all the first page."""
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return 1
    return min(max(int(text), 1), LARGEST)
