"""Numbers of stops as Chinese prose writes them."""

NUMERALS = "零一二三四五六七八九十"


def in_words(number: int) -> str:
    """Return a number up to 99 as Chinese prose writes it, a larger one in digits: 第十二站."""
    tens, ones = divmod(number, 10)
    if number <= 10 or number > 99:
        return NUMERALS[number] if number <= 10 else str(number)
    return f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"
