"""Which records leave: kinds, narrowed by place, words, theme, batch, or by what a list asks for, or one by one."""

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.importing.forms import key_of
from cms.importing.sheets import columns_of
from cms.models import Holding, ImportBatch, Part, Theme
from cms.models.kinds import Tabled, kinds, parts

STEP = Page.steplen
"""Characters of one step in the path of a page (treebeard)."""


@dataclass(frozen=True)
class Selection:
    """What is to leave. An empty condition is none; `models` are kinds and parts, in the order in which they are written.

    `condition` is what a record must be beside. `user` is whoever asks: only what they may edit leaves. Without one, as on the command line, everything does.
    """

    models: tuple[Tabled, ...] = field(
        default_factory=lambda: (Theme, *kinds(), *(p for p in parts() if p is not Theme))
    )
    words: str = ""
    under: Page | None = None
    theme: Theme | None = None
    batch: ImportBatch | None = None
    ids: frozenset[int] | None = None
    condition: Q = field(default_factory=Q)
    user: User | None = None

    def holdings(self, kind: type[Holding]) -> QuerySet[Holding]:
        """Return the records of a kind in order of their numbers, each with the number of what it stands under."""
        above = Holding.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEP))
        rows = kind._default_manager.filter(self.conditions()).annotate(parent_uid=Subquery(above.values("uid")[:1]))
        return rows.order_by("uid").distinct()

    def conditions(self) -> Q:
        """Return what a record must be."""
        found = self.condition
        for word in self.words.split():
            found &= Q(title__icontains=word) | Q(title_en__icontains=word) | Q(uid__iexact=word)
        if self.under:
            found &= Q(path__startswith=self.under.path)
        if self.theme:
            found &= Q(themes=self.theme)
        if self.batch:
            found &= Q(batch=self.batch)
        if self.ids is not None:
            found &= Q(pk__in=self.ids)
        if self.user:
            mine = page_permission_policy.instances_user_has_permission_for(self.user, "change")
            found &= Q(pk__in=mine.values("pk"))
        return found

    def rows(self, part: type[Part]) -> QuerySet[Part]:
        """Return the rows of a part whose holdings leave, in their order; themes belong to none, and all leave."""
        owner = next((c for c in columns_of(part) if c.form == "owner"), None)
        found = part._default_manager.all()
        if owner is None:
            return found.order_by(*part.key)
        kept = key_of(owner, part).related_model._default_manager.filter(self.conditions())
        pointing = [c.field for c in columns_of(part) if c.form in ("owner", "holding")]
        order = [f"{name}__uid" if name in pointing else name for name in part.key]
        return found.filter(**{f"{owner.field}__in": kept.values("pk")}).select_related(*pointing).order_by(*order)
