"""What somebody may bring in: each row asks for the rights that the admin would ask for, had it been typed."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.importing.errors import RowError
from cms.importing.sheets import Row, Sheet
from cms.importing.source import Wishes
from cms.models import Holding, Part, Shelf, Theme

EDIT = "您没有改这一条的权限。"
PUBLISH = "您没有发布这一条的权限。请改成“存成草稿”或“送审”。"
ADD = "您没有在这里添加的权限。"
MOVE = "换上级不能存成草稿：位置没有草稿。请直接发布，或在后台移动。"
THEMES = "您没有改主题的权限。"


def refused(sheets: list[Sheet], user: User | None, wishes: Wishes) -> Iterator[RowError]:
    """Yield the rows that somebody has no right to bring in as they wish."""
    if user is None:
        return
    asked = Rights(user, wishes)
    for sheet in sheets:
        for row in sheet.rows:
            if row.changes and (said := asked.against(row)):
                yield row.error(said[0], said[1])


class Rights:
    """What one person may do, each place asked for once."""

    def __init__(self, user: User, wishes: Wishes) -> None:
        self.user, self.wishes = user, wishes
        self.below: dict[str, str] = {}
        self.edited = self.allowed("change")
        self.published = self.allowed("publish")

    def allowed(self, action: str) -> set[int]:
        """Return the pages with which somebody may do something."""
        found = page_permission_policy.instances_user_has_permission_for(self.user, action)
        return set(found.values_list("pk", flat=True))

    def against(self, row: Row) -> tuple[str, str] | None:
        """Return why a row may not come in, and the field that is meant."""
        if row.sheet.model is Theme:
            may = self.user.has_perm("cms.change_theme" if row.before is not None else "cms.add_theme")
            return None if may else (THEMES, "slug")
        if not row.sheet.is_kind:
            return self.against_part(row)
        if row.before is None:
            said = self.under(row)
            return (said, "parent" if row.values.get("parent") else "uid") if said else None
        if self.wishes.as_drafts and any(column.form == "parent" for column in row.changes):
            return MOVE, "parent"
        said = self.on(row.holding.pk, live=row.holding.live)
        return (said, "uid") if said else None

    def on(self, pk: int, live: bool) -> str:
        """Return why a record cannot be changed."""
        if pk not in self.edited:
            return EDIT
        return PUBLISH if live and not self.wishes.as_drafts and pk not in self.published else ""

    def against_part(self, row: Row) -> tuple[str, str] | None:
        """Return why a part of a record cannot be changed: by the record's own rights, for a new one by its shelf's."""
        owner = next((c.field for c in row.sheet.columns if c.form == "owner"), "")
        part = row.instance
        holding = getattr(part, f"{owner}_id", None) if isinstance(part, Part) and owner else None
        if holding is None:
            return None
        live = Holding.objects.filter(pk=holding, live=True).exists()
        said = self.on(holding, live)
        return (said, owner) if said else None

    def under(self, row: Row) -> str:
        """Return why nothing can be added there; what stands under something new is asked for with that."""
        uid, shelf = row.values.get("parent", ""), row.sheet.kind.shelf
        name = uid or f"shelf:{shelf.slug if shelf else ''}"
        if name not in self.below:
            rows = Holding.objects.filter(uid=uid) if uid else Shelf.objects.filter(slug=name.removeprefix("shelf:"))
            self.below[name] = self.said_of(rows.first())
        return self.below[name]

    def said_of(self, parent: Page | None) -> str:
        """Return what there is against adding to a page, of whatever class."""
        if parent is None:
            return ""
        tester = parent.specific.permissions_for_user(self.user)
        if not tester.can_add_subpage():
            return ADD
        return "" if self.wishes.as_drafts or tester.can_publish_subpage() else PUBLISH
