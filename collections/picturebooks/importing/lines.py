"""Lines as a book's file has them, put together to paragraphs."""

ENDS = (".", "!", "?", ":", "…", "”", "’", '"', "'", ")")
"""What a line that was ended on purpose may end in."""


def paragraphs(text: str, wrapped: bool) -> str:
    """Return a page's text with one line a paragraph; `wrapped` tells that lines were also broken where they were full.

    English files break lines at some thirty letters. One that ends a sentence, and had room for the next word, was ended
    on purpose. Chinese files break none that was not meant.
    """
    blocks = [[line.strip() for line in block.splitlines()] for block in text.strip().split("\n\n")]
    if wrapped:
        width = max((len(line) for block in blocks for line in block), default=0)
        blocks = [joined(block, width) for block in blocks]
    return "\n".join(line for block in blocks for line in block if line)


def joined(lines: list[str], width: int) -> list[str]:
    """Join the lines of a paragraph that were broken because they were full; `width` is that of the widest, in letters."""
    made: list[str] = []
    before = ""
    for line in lines:
        first = line.split(" ", 1)[0]
        meant = before.endswith(ENDS) and len(before) + 1 + len(first) <= width
        if made and not meant:
            made[-1] = f"{made[-1]} {line}"
        else:
            made.append(line)
        before = line
    return made
