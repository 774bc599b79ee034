"""The state of an exhibition in words, with its number apart, so that it can stand large."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from exhibitions.opening import State


@dataclass(frozen=True)
class Words:
    """`正在展出，还有` `39` `天`; no number is None."""

    before: str
    number: int | None = None
    after: str = ""


def in_words(state: State, rooms: bool) -> Words:
    """Say what is so today; `rooms` tells that one can walk through it here."""
    if state.name == "closed":
        return Words(_("展览已闭幕，展厅在这里还看得到") if rooms else _("展览已闭幕"))
    if state.name == "coming":
        return coming(state.days)
    if state.days == 1:
        return Words(_("今天是最后一天，逢休息日不开放") if state.rests else _("今天是最后一天"))
    now = {None: _("正在展出"), True: _("今天休息"), False: _("今天开放")}[state.rests]
    if state.days is None:
        return Words(now)
    return Words(_("%(now)s，还有") % {"now": now}, state.days, _("天"))


def coming(days: int | None) -> Words:
    """Say when it opens."""
    if days is None:
        return Words(_("尚未开幕"))
    return Words(_("明天开幕")) if days == 1 else Words("", days, _("天后开幕"))
