"""The act: one record, picture or recording out of sight at once, in one transaction, with its reason in the journal."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import Page

from cms.desk.removing import named
from cms.journal.recording import Recorder
from cms.models import Action, Change, TakeDown
from media.models import Image, Sound

ACTION = "zhihui.take_down"
OUT_OF_SIGHT: dict[type[Model], dict[str, Any]] = {
    Image: {"withheld": True},
    Sound: {"use_web": False, "use_offline": False, "use_api": False},
}
"""What of a picture or a recording says that nobody may see it; a page stays as it is, and `cms.visibility` asks the register."""


@dataclass(frozen=True)
class Target:
    """What is to be taken down, and the field of the register in which it stands."""

    field: str
    thing: Page | Image | Sound

    @property
    def standing(self) -> TakeDown | None:
        """Return the line of the register by which it is down already."""
        return TakeDown.objects.filter(**{self.field: self.thing.pk}, in_force=True).select_related("change").first()


def take_down(target: Target, reason: str, user: User) -> Change | None:
    """Take something down; None where somebody did so before."""
    with transaction.atomic():
        thing = type(target.thing)._base_manager.select_for_update().get(pk=target.thing.pk)
        if target.standing:
            return None
        title = named(thing)
        change = Change.objects.create(action=Action.TAKE_DOWN, title=title[:500], reason=reason, made_by=user)
        number = str(getattr(thing, "uid", ""))
        line = TakeDown.objects.create(change=change, title=str(thing)[:255], number=number, **{target.field: thing})
        recorder = Recorder()
        recorder.watch(TakeDown, [line.pk])
        line.in_force = True
        line.save()
        if fields := OUT_OF_SIGHT.get(type(thing)):
            withhold(thing, fields, recorder)
        recorder.write(change)
        if isinstance(thing, Page):
            log(thing, ACTION, user=user, data={"reason": reason})
    return change


def withhold(thing: Model, fields: dict[str, Any], recorder: Recorder) -> None:
    """Let a picture or a recording be seen by nobody, and no size of a picture lie about."""
    recorder.watch(type(thing), [thing.pk])
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(fields))
    if isinstance(thing, Image):
        for size in thing.renditions.all():
            size.delete()
