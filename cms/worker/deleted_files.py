"""Files of pictures and recordings that were deleted: kept for thirty days where they can be brought back, shown to nobody meanwhile."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.images.signal_handlers import post_delete_file_cleanup

from cms.models import Removal
from media.models import Image, Sound

KEPT = timedelta(days=30)


def held() -> set[str]:
    """Return the names of the files from which somebody may still bring a picture back."""
    recent = Removal.objects.filter(restored_at=None, made_at__gte=timezone.now() - KEPT).exclude(files=[])
    return {name for names in recent.values_list("files", flat=True) for name in names}


def after_deletion(sender: type[Image | Sound], instance: Image | Sound, **kwargs: Any) -> None:
    """Once it is certain that a picture or a recording went, delete its file, unless it is kept."""
    name = str(instance.file.name)

    def let_go() -> None:
        if name not in held():
            default_storage.delete(name)

    transaction.on_commit(let_go)


def clear() -> int:
    """Delete the files whose thirty days are over, but those that something has again; returns how many."""
    count = 0
    for removal in Removal.objects.filter(made_at__lt=timezone.now() - KEPT).exclude(files=[]):
        used = held()
        for model in (Image, Sound):
            used |= set(model._default_manager.filter(file__in=removal.files).values_list("file", flat=True))
        for name in set(removal.files) - used:
            default_storage.delete(name)
            count += 1
        Removal.objects.filter(pk=removal.pk).update(files=[])
    return count


def connect() -> None:
    """Put it in the place of Wagtail's."""
    post_delete.disconnect(post_delete_file_cleanup, sender=Image)
    for model in (Image, Sound):
        post_delete.connect(after_deletion, sender=model, dispatch_uid=f"cms.worker.deleted_files.{model.__name__}")
