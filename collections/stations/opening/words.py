"""Opening in the reader's language: days, times, holidays, how it stands, and what in some hours is not understood."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cms.catalogue.bilingual import in_english
from stations.opening import holidays
from stations.opening.rules import DAY, NotHours, Span
from stations.opening.schedule import CLOSED, OPEN, SHUT, UNKNOWN, UNSURE, Day, State

WRONG = {
    NotHours.UNKNOWN: gettext_lazy("开放时间里的“%(part)s”看不懂。"),
    NotHours.NO_TIMES: gettext_lazy("开放时间里的“%(part)s”没有写几点到几点，也没有写闭馆。"),
    NotHours.NO_END: gettext_lazy("开放时间里的“%(part)s”只有一个钟点，没有写从几点到几点。"),
    NotHours.NO_CLOCK: gettext_lazy("开放时间里的“%(part)s”不是一天里的钟点。"),
    NotHours.NO_DATE: gettext_lazy("开放时间里的“%(part)s”不是日历上的日子。"),
    NotHours.NO_LENGTH: gettext_lazy("开放时间里的“%(part)s”一开门就关门。"),
    NotHours.TOO_LONG: gettext_lazy("开放时间里的“%(part)s”跨过半夜，长过十二小时；下午请写成 13:00 到 23:00。"),
}
FEASTS = {
    holidays.NEW_YEAR: gettext_lazy("元旦"),
    holidays.SPRING: gettext_lazy("春节"),
    holidays.QINGMING: gettext_lazy("清明节"),
    holidays.LABOUR: gettext_lazy("劳动节"),
    holidays.DRAGON_BOAT: gettext_lazy("端午节"),
    holidays.MID_AUTUMN: gettext_lazy("中秋节"),
    holidays.NATIONAL: gettext_lazy("国庆节"),
}
STATES = {
    OPEN: gettext_lazy("现在开着"),
    SHUT: gettext_lazy("现在不开"),
    UNSURE: gettext_lazy("节假日可能不同"),
    UNKNOWN: gettext_lazy("没有写开放时间"),
    CLOSED: gettext_lazy("暂时闭馆"),
}


def explained(error: NotHours) -> str:
    """Return what in some hours is not understood, and how they can be written."""
    wrong = str(WRONG[error.reason]) % {"part": error.part}
    return _(
        "%(wrong)s可以写：周一至周五 9:00-17:00；周六 10:00-12:00；节假日闭馆。或者：Mo-Fr 09:00-18:00; Sa 10:00-16:00; PH off。"
    ) % {"wrong": wrong}


def day_names() -> list[str]:
    """Return the weekdays from Monday."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def clock(minute: int) -> str:
    """Return a time of day; the one after midnight as it stands on the clock."""
    return f"{minute // 60 % 24}:{minute % 60:02}"


def span_words(span: Span) -> str:
    """Return `9:00–18:00`; what goes over midnight says so."""
    start, end = span
    if end - start == DAY:
        return _("全天")
    if end <= DAY:
        return f"{clock(start)}–{'24:00' if end == DAY else clock(end)}"
    return _("%(start)s–次日 %(end)s") % {"start": clock(start), "end": clock(end)}


def spans_words(spans: Sequence[Span] | None) -> str:
    """Return the times of a day, or that it is closed; nothing where nothing is known."""
    if spans is None:
        return ""
    return ", ".join(map(span_words, spans)) or _("闭门")


def holiday_words(day: Day) -> str:
    """Return what holiday a day belongs to; nothing for none."""
    if day.holiday is None:
        return ""
    if day.holiday.key == holidays.PERHAPS:
        return _("节假日")
    name = str(FEASTS[day.holiday.key])
    return name if day.holiday.itself else _("%(feast)s假期") % {"feast": name}


def today_words(day: Day) -> str:
    """Return the hours of a day as they are promised: those of a holiday that nobody spoke of are not."""
    if day.spans is not None and not day.sure:
        return _("节假日可能不同")
    return spans_words(day.spans)


def date_words(day: date) -> str:
    """Return `6 月 12 日` or `12 June`, with the year where it is another one."""
    return date_format(day, "j F" if in_english() else "n 月 j 日")


def dates_words(first: date, last: date) -> str:
    """Return a run of days: `6 月 20 日至 21 日`, `20–21 June`."""
    if first == last:
        return date_words(first)
    if in_english():
        begins = str(first.day) if first.month == last.month else date_words(first)
        return f"{begins}–{date_words(last)}"
    ends = f"{last.day} 日" if first.month == last.month else date_words(last)
    return f"{date_words(first)}至 {ends}"


def moment_words(moment: datetime, now: datetime) -> str:
    """Return `明天 9:00`, seen from today."""
    away = (moment.date() - now.date()).days
    day = {0: pgettext("句中", "今天"), 1: pgettext("句中", "明天")}.get(away) or day_names()[moment.weekday()]
    return f"{day} {moment.hour}:{moment.minute:02}"


def note_of(state: State, today: Day, now: datetime) -> str:
    """Return what follows the word for a state: until when, from when, or why it is unsure."""
    if state.name == OPEN:
        return _("到 %(time)s") % {"time": until_words(state.until, now)} if state.until else _("昼夜不关")
    if state.name == SHUT and state.opens:
        return _("%(time)s开门") % {"time": moment_words(state.opens, now)}
    if state.name == UNSURE:
        name = holiday_words(today)
        return _("今天是%(holiday)s，请先打电话问。") % {"holiday": name} if name else _("请先打电话问。")
    return ""


def until_words(until: datetime, now: datetime) -> str:
    """Return a time of closing, with its day where that is not today or the night after."""
    time = f"{until.hour}:{until.minute:02}"
    if until - now.replace(tzinfo=None) < timedelta(hours=18):
        return time
    return moment_words(until, now)


def grouped(days: Sequence[Day], words: Callable[[Day], str]) -> list[tuple[str, str]]:
    """Return rows of weekdays and their times, those that follow each other and are alike in one row."""
    rows: list[tuple[list[int], str]] = []
    for day in days:
        said = words(day)
        if rows and rows[-1][1] == said:
            rows[-1][0].append(day.day.weekday())
        else:
            rows.append(([day.day.weekday()], said))
    return [(run_words(run), said) for run, said in rows]


def run_words(run: Sequence[int]) -> str:
    """Return `周一至周五`, or the one day."""
    names = day_names()
    if len(run) == 7:
        return _("每天")
    return (
        names[run[0]] if len(run) == 1 else _("%(first)s至%(last)s") % {"first": names[run[0]], "last": names[run[-1]]}
    )
