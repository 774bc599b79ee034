"""Whether a pack still says what holds: which stops changed since, and whether something in it may no longer be seen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.models import Holding
from cms.visibility import visible
from media.models import Image
from tours.guiding.facts import Change, changes
from tours.guiding.packs.orders import USES, telling_of
from tours.guiding.told import Telling
from tours.models import Pack


@dataclass(frozen=True)
class Altered:
    """One fact that changed, in words; `before` is empty where it was not there or may not be told."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Outdated:
    """One stop that is no longer what the pack says."""

    number: int
    gap: bool
    gone: bool
    facts: list[Altered]


@dataclass(frozen=True)
class Freshness:
    """A pack beside the tour as it is now. A `closed` one holds what may no longer be seen or used: it is not handed out."""

    pack: Pack
    outdated: list[Outdated]
    closed: bool

    @property
    def fresh(self) -> bool:
        """Whether nothing changed."""
        return not self.outdated and not self.closed


def freshness(pack: Pack, telling: Telling | None = None) -> Freshness:
    """Compare a pack with the tour as it is now; `telling` where it was read already for the same choice."""
    unseen, barred = lost(pack)
    # The facts are in the pack's language, and so is what they are compared with.
    found = changes(pack.facts, telling or telling_of(pack), unseen)
    return Freshness(pack, [in_words(change) for change in found], bool(unseen or barred or holds_withheld(pack)))


def lost(pack: Pack) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of what stands in a pack that nobody may see any more, and of what its use no longer allows."""
    inside = {pk for facts in pack.facts for pk in facts.get("of", ())}
    named = {left["of"] for left in pack.left_out} - {0}
    seen = set(visible(Holding.objects.filter(pk__in=inside | named), None).values_list("pk", flat=True))
    use = USES[Pack.Form(pack.form)]
    allowed = set(visible(Holding.objects.filter(pk__in=inside), None, use).values_list("pk", flat=True))
    return frozenset((inside | named) - seen), frozenset(inside - allowed)


def holds_withheld(pack: Pack) -> bool:
    """Whether a picture stands in a pack that was taken down since; the facts name each at the end, by its digest or its key."""
    inside = {told.rsplit(" ", 1)[-1] for facts in pack.facts for told in facts.get("pictures", ())}
    withheld = Image.objects.filter(withheld=True).values_list("digest", "pk") if inside else ()
    return any((digest or str(pk)) in inside for digest, pk in withheld)


def in_words(change: Change) -> Outdated:
    """Return a change as it is shown: of long texts the lines that differ, of pictures that they do."""
    labels = {
        "number": _("次序"), "title": _("题名"), "date": _("时间"), "summary": _("提要"), "lines": _("记住三句"),
        "paragraphs": pgettext("讲解包", "文字"), "marks": _("标记"), "sources": _("出处"), "pictures": _("图片"), "way": _("走法"),
    }  # fmt: skip
    facts = []
    for field, (before, now) in change.fields.items():
        was, became = ("", "") if field == "pictures" else differing(before, now)
        facts.append(Altered(labels[field], was, became))
    return Outdated(change.number, change.gap, change.gone, facts)


def differing(before: str, now: str) -> tuple[str, str]:
    """Return the lines that only one of two texts has."""
    old, new = before.splitlines(), now.splitlines()
    return (
        "\n".join(line for line in old if line not in new),
        "\n".join(line for line in new if line not in old),
    )


def summary(found: Freshness) -> str:
    """Return in one line what became of a pack, in the active language."""
    if found.closed:
        return _("其中有内容已不公开或不许再用，请重做。")
    if not found.outdated:
        return _("和现在一致。")
    numbers = _("、").join(str(one.number) for one in found.outdated)
    return _("有更新：第 %(n)s 站") % {"n": numbers}
