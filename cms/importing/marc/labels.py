"""What of a record becomes a paragraph of the running text, and by which words it is known there again."""

from cms.importing.marc.description import Pair

LABELS: dict[str, Pair] = {
    "responsibility": ("责任说明", "Statement of responsibility"),
    "full_title": ("完整题名", "Full title"),
    "place": ("出版地", "Place of publication"),
    "author": ("作者", "Author"),
    "illustrator": ("绘者", "Illustrator"),
    "translator": ("译者", "Translator"),
    "contributor": ("其他责任者", "Contributor"),
    "edition": ("版本", "Edition"),
    "publisher": ("出版者", "Publisher"),
    "isbn": ("书号", "ISBN"),
    "other_title": ("其他题名", "Other title"),
    "extent": ("形态", "Extent"),
    "series": ("丛编", "Series"),
    "bibliography": ("书目", "Bibliography"),
    "contents": ("目次", "Contents"),
    "address": ("网址", "Web address"),
    "subject": ("主题词", "Subjects"),
}
"""The word before a paragraph in Chinese and in English; a note has none."""
MARKS: Pair = ("：", ": ")
BETWEEN: Pair = ("；", "; ")
"""What parts several of one sort, in Chinese and in English."""


def paragraph(name: str, text: str, side: int) -> str:
    """Return a paragraph with its word before it, in Chinese (0) or English (1)."""
    return f"{LABELS[name][side]}{MARKS[side]}{text}" if name in LABELS else text


def of_paragraph(text: str, side: int) -> tuple[str, str]:
    """Return what a paragraph is by the word before it, and the rest; a note where it has none."""
    for name, words in LABELS.items():
        begins = f"{words[side]}{MARKS[side]}"
        if text.startswith(begins) and text[len(begins) :].strip():
            return name, text[len(begins) :]
    return "note", text
