"""Template tags of picture books."""

from itertools import accumulate, groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import say
from cms.pages.highlighting import Found
from cms.pages.numerals import in_words
from picturebooks.aloud.recordings import Recital
from picturebooks.aloud.sentences import english_sentences as sentences_of
from picturebooks.models import Spread
from picturebooks.reading import misfit
from picturebooks.wording import Word, lines

register = template.Library()
RUBY = "<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>"
WORD = '<span class="{}">{}</span>'
RUNS = {False: "{}", True: "<mark>{}</mark>"}


@register.filter
def characters(spread: Spread, found: Found) -> SafeString:
    """Return the spread's Chinese, a paragraph for each line, each word unbroken with its pinyin.

    A word of which a part is marked is marked whole: so its reading stays over it.
    """
    places = marked(spread.text, found)
    paragraphs = ((drawn(line, places),) for line in lines(spread.text, spread.pinyin))
    return format_html_join("", '<p class="zh" lang="zh-Hans">{}</p>', paragraphs)


def marked(text: str, found: Found) -> set[int]:
    """Return the places in a text that are marked."""
    runs = found.runs(text)
    starts = accumulate((len(run) for run, _marked in runs), initial=0)
    return {
        at for start, (run, here) in zip(starts, runs, strict=False) if here for at in range(start, start + len(run))
    }


def drawn(line: list[Word], places: set[int]) -> SafeString:
    """Return the words of a line as HTML, those that are marked together in one mark."""
    runs = groupby(line, key=lambda word: not places.isdisjoint(range(word.start, word.start + len(word.text))))
    parts = ((RUNS[here], format_html_join("", WORD, map(word_of, words))) for here, words in runs)
    return format_html_join("", "{}", ((format_html(form, inside),) for form, inside in parts))


def word_of(word: Word) -> tuple[str, SafeString]:
    """Return the class of a word, and what is in it."""
    return "w j" if word.joined else "w", format_html_join("", "{}", ((over_base(*pair),) for pair in word.ruby))


def over_base(base: str, over: str) -> str | SafeString:
    """Return characters with what stands over them."""
    return format_html(RUBY, base, over) if over else base


@register.filter
def english_lines(spread: Spread) -> list[str]:
    """Return the paragraphs of the spread's English."""
    return [line.strip() for line in spread.text_en.splitlines() if line.strip()]


@register.filter
def english_sentences(line: str) -> list[str]:
    """Return the sentences of a paragraph of English, each of which can be lit while it is read."""
    return sentences_of(line)


@register.filter
def of_place(read: dict[int, list[Recital]], place: int) -> list[Recital]:
    """Return what is read aloud of the spread in a place, from 0."""
    return read.get(place, [])


@register.filter
def read_by(recital: Recital) -> str:
    """Return who reads, or that a person does whose name is not said."""
    who = say(recital.sound, "reader").text.strip()
    return _("读：%(who)s") % {"who": who} if who else _("真人录音")


@register.filter
def apart(spread: Spread) -> str:
    """Return pinyin that does not fit its text, to be shown beside it and over no character."""
    return spread.pinyin if misfit(spread.text, spread.pinyin) else ""


@register.filter
def numeral(number: int) -> str:
    """Return a number as Chinese prose writes it."""
    return in_words(number)
