"""The first hour at the desk: six things to try, each ticked by itself once it was done."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.users.models import UserProfile

from cms.desk.reporting import may as may_undo
from cms.models import Action, Change, ImportBatch, Relation
from media.models import Image

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise

DISMISSED = "zhihui_first_hour"
"""Under which Wagtail's profile of somebody keeps that they need it no longer."""


@dataclass(frozen=True)
class Step:
    """One thing to try, where it is done, and whether it was."""

    label: "StrPromise | str"
    url: str
    done: bool


def tried() -> dict[str, Exists]:
    """Return whether somebody did each of them, to be asked within a query of accounts."""
    me = OuterRef("pk")
    return {
        "added": Exists(PageLogEntry.objects.filter(user=me, action="wagtail.create")),
        "related": Exists(Relation.objects.filter(holding__latest_revision__user=me)),
        "pictured": Exists(Image.objects.filter(uploaded_by_user=me).exclude(alt="")),
        "handed_in": Exists(WorkflowState.objects.filter(requested_by=me)),
        "imported": Exists(ImportBatch.objects.filter(made_by=me)),
        "undone": Exists(Change.objects.filter(made_by=me, action=Action.UNDO)),
    }


def first_hour(user: User, known: dict[str, Any], adding: str) -> list[Step]:
    """Return the steps, none where all are done or somebody needs them no longer; `adding` is where a record is added."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile and profile.dismissibles.get(DISMISSED):
        return []
    holdings = reverse("holdings")
    steps = [
        Step(_("添一条"), adding or holdings, known["added"]),
        Step(_("把它连到别的"), f"{holdings}?who=me&relation=none", known["related"]),
        Step(_("传一张图，写说明"), reverse("wagtailimages:add_multiple"), known["pictured"]),
        Step(_("送审"), f"{holdings}?who=me&state=draft", known["handed_in"]),
        Step(_("导入十行"), reverse("incoming"), known["imported"]),
    ]
    if may_undo(user):
        steps.append(Step(_("撤销一批"), reverse("changes"), known["undone"]))
    return [] if all(step.done for step in steps) else steps


def dismiss(user: User) -> None:
    """Show it no longer to somebody."""
    profile = UserProfile.get_for_user(user)
    profile.dismissibles[DISMISSED] = True
    profile.save(update_fields=["dismissibles"])


def of(user: User) -> "QuerySet[User]":
    """Return the account of somebody, for what is asked about them in one query."""
    return User.objects.filter(pk=user.pk).order_by()
