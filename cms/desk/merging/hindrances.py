"""What stands in the way of a merge, in words that say what to do about it; and who may."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.desk.merging.repointing import Repointing
from cms.importing.locks import closed
from cms.journal.snapshots import content, drafts, same, slices, snapshot
from cms.models import Holding, TakeDown

MOST = 5
"""Records that are named before the rest is counted."""


def may(user: User, *holdings: Page) -> bool:
    """Whether somebody may publish all of these."""
    return all(holding.permissions_for_user(user).can_publish() for holding in holdings)


def who_may(holding: Page) -> str:
    """Return the groups that may publish a record."""
    above = Page.objects.ancestor_of(holding, inclusive=True)
    granted = Group.objects.filter(
        page_permissions__page__in=above, page_permissions__permission__codename="publish_page"
    )
    return _("、").join(granted.order_by("name").values_list("name", flat=True).distinct())


def unlike(kept: Holding, other: Holding) -> Iterator[str]:
    """Yield why one record cannot stand for the other."""
    if kept.pk == other.pk:
        yield _("这是同一条。")
    elif type(kept) is not type(other):
        yield _("两条不是同一种，不能并：《%(kept)s》是%(one)s，《%(other)s》是%(another)s。") % {
            "kept": kept.title,
            "one": kept._meta.verbose_name,
            "other": other.title,
            "another": other._meta.verbose_name,
        }
    elif other.live and not kept.live:
        yield _("《%(title)s》还没有发布，读者看得到的一条不能并进它。请先发布它，或左右对调。") % {"title": kept.title}


def between(kept: Holding, other: Holding, user: User) -> Iterator[str]:
    """Yield what the two records themselves have against their being merged."""
    if against := list(unlike(kept, other)):
        yield from against
        return
    for number, reason in closed([kept.pk, other.pk], user).items():
        yield f"{(kept if number == kept.pk else other).title}{_('：')}{reason}"
    for line in TakeDown.objects.filter(page__in=[kept.pk, other.pk], in_force=True):
        yield _("《%(title)s》已经下架。请先在“下架登记”里恢复。") % {"title": line.title}
    if other.aliases.exists():
        yield _("《%(title)s》另有别名页，请先删去或改成单独的页。") % {"title": other.title}
    if kept.is_descendant_of(other):
        yield _("《%(kept)s》在《%(other)s》下面，请先移出来，或左右对调。") % {
            "kept": kept.title,
            "other": other.title,
        }
    yield from (
        _("《%(title)s》有没发布的改动。请先发布，或放弃那一稿。") % {"title": one.title}
        for one in (kept, other)
        if unsettled(one)
    )


def unsettled(holding: Holding) -> bool:
    """Whether a record has a draft that says something else than its row does."""
    waiting = drafts([holding.pk]).get(holding.pk)
    if waiting is None:
        return False
    now = content(snapshot(holding))
    return holding.live or any(not same(waiting[name], now[name]) for name in now.keys() & waiting.keys())


def around(repointing: Repointing, below: list[int], user: User) -> Iterator[str]:
    """Yield what the pages that would change have against it: locked, in review, or not this person's to change."""
    keys = sorted(repointing.pages | set(below))
    reasons = closed(keys, user)
    if not user.is_superuser:
        rights = {
            right: set(
                page_permission_policy.instances_user_has_permission_for(user, right).values_list("pk", flat=True)
            )
            for right in ("change", "publish")
        }
        for some in slices(keys):
            for key, live in Page.objects.filter(pk__in=some).values_list("pk", "live"):
                if key not in rights["publish" if live else "change"]:
                    reasons.setdefault(key, _("您没有改这一条的权限。"))
    named = list(reasons.items())
    titles = Page.objects.in_bulk([key for key, _reason in named[:MOST]])
    yield from (f"{titles[key].title}{_('：')}{reason}" for key, reason in named[:MOST])
    if len(named) > MOST:
        yield _("这样的还有 %(count)d 条。") % {"count": len(named) - MOST}
