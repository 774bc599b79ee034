"""One language's file of a book: its title, its pages, and the last section, which says who made it and how it may be used.

The form is that of the Global African Storybook Project: Markdown in which `##` begins a page and the last section is a list.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from cms.importing import ImportRefused
from cms.importing.decoding import encoding_of
from cms.importing.signs import tidy
from picturebooks.importing.errors import BookRefused
from picturebooks.importing.lines import paragraphs

BREAK = re.compile(r"^##(?!#)[ \t]*", re.M)
TITLE = re.compile(r"#(?!#)[ \t]*(.*)")
ITEM = re.compile(r"[*+-][ \t]+([^:：]{1,40})[:：][ \t]*(.*)")
ASIDE = re.compile(r"[(（](.*)[)）]", re.DOTALL)
"""The summary under a Chinese title stands in brackets."""
WORDS = {
    "license": ("license", "licence", "许可", "许可证", "授权"),
    "text": ("text", "author", "writer", "story", "文", "文字", "作者"),
    "illustration": ("illustration", "illustrations", "illustrator", "pictures", "图", "插图", "绘图", "绘者"),
    "translation": ("translation", "translator", "译", "翻译", "译者"),
    "adaptation": ("adaptation", "改编"),
    "narration": ("narration", "narrator", "read by", "朗读", "朗读者", "录音"),
    "language": ("language", "语言"),
}
"""What the last section calls each thing."""
KINDS = {word: kind for kind, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class Edition:
    """A book in one language; `imprint` is what its last section says, by the keys of WORDS, `others` what else it says there."""

    name: str
    title: str
    summary: str
    pages: tuple[str, ...]
    imprint: dict[str, str]
    others: tuple[str, ...]


def read(path: Path, lang: str) -> Edition:
    """Read a file; BookRefused with all that is wrong with it. `lang` is `zh` or `en`."""
    name = f"{lang}/{path.name}"
    head, *sections = BREAK.split(text_of(path, name))
    title, about = split_head(head)
    faults = []
    if not title:
        faults.append(_("%(file)s：第一行要是“# 题名”。") % {"file": name})
    imprint, others, after = split_imprint(sections[-1] if sections else "")
    if not imprint and not others:
        faults.append(_("%(file)s：最后一节要是许可和作者，一行一项，如“* License: [CC-BY]”。") % {"file": name})
    elif not imprint.get("license"):
        faults.append(_("%(file)s：最后一节没有写许可（License）。") % {"file": name})
    if (said := imprint.get("language", lang)) and not said.lower().startswith(lang):
        faults.append(
            _("%(file)s：写着语言是“%(said)s”，却放在 %(lang)s 文件夹里。") % {"file": name, "said": said, "lang": lang}
        )
    pages = tuple(paragraphs(section, wrapped=lang == "en") for section in sections[:-1])
    if not any(pages):
        faults.append(_("%(file)s：没有一页有文字。每一页用单独一行“##”起头。") % {"file": name})
    if faults:
        raise BookRefused(faults)
    summary = paragraphs("\n\n".join(filter(None, (about, after))), wrapped=lang == "en")
    return Edition(name, title, summary, pages, imprint, others)


def text_of(path: Path, name: str) -> str:
    """Return what a file says, in UTF-8 or GB18030; BookRefused where it is no text."""
    try:
        return tidy(path.read_text(encoding_of(path)))
    except ImportRefused as refused:
        raise BookRefused([f"{name}{_('：')}{error.message}" for error in refused.errors]) from None
    except OSError as fault:
        raise BookRefused([f"{name}{_('：')}{fault.strerror}"]) from None


def split_head(head: str) -> tuple[str, str]:
    """Return the title, and what stands under it before the first page."""
    first, _line, rest = head.strip().partition("\n")
    found = TITLE.match(first)
    about = rest.strip()
    aside = ASIDE.fullmatch(about)
    return (found[1].strip() if found else ""), (aside[1].strip() if aside else about)


def split_imprint(section: str) -> tuple[dict[str, str], tuple[str, ...], str]:
    """Return what the last section says by kind, its other items as they are, and the paragraphs after the list."""
    imprint: dict[str, str] = {}
    others, after = [], []
    for line in section.strip().splitlines():
        found = ITEM.match(line.strip())
        kind = KINDS.get(found[1].strip().lower()) if found else None
        if found and kind and kind not in imprint:
            imprint[kind] = found[2].strip().strip("[]").strip()
        elif found:
            others.append(f"{found[1].strip()}: {found[2].strip()}")
        else:
            after.append(line)
    return imprint, tuple(others), "\n".join(after).strip()
