"""The making of a picture's sizes: asked for in the transaction of its saving, done by the worker, never while a reader waits."""

import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from media.models import Image, Rendition
from media.sandbox import Size, reduced
from media.sizes import BOXES, SPECS, WIDTHS

__all__ = ["WIDTHS", "ask", "connect", "lacks", "make", "make_by_id", "ready"]
STEM = 40


def ready(image: Image) -> dict[int, Rendition]:
    """Return the renditions that exist, by nominal width, from what was prefetched; none of a picture that is withheld."""
    if image.withheld:
        return {}
    made = {r.filter_spec: r for r in image.renditions.all()}
    return {width: made[name] for width, name in SPECS.items() if name in made}


def lacks(image: Image) -> bool:
    """Tell whether a size of a picture was not made, or is gone from the disk; one that is withheld lacks none."""
    if image.withheld:
        return False
    made = ready(image)
    return len(made) < len(SPECS) or not all(r.file.storage.exists(r.file.name) for r in made.values())


def make(images: Iterable[Image]) -> None:
    """Make every size of each picture that lacks one; done twice, it does nothing the second time.

    NotTaken when a picture cannot be read, OSError when its file or the room on the disk is missing.
    """
    for image in images:
        if lacks(image):
            with image.open_file() as file:
                keep(image, reduced(file, BOXES))


def keep(image: Image, made: dict[int, Size]) -> None:
    """Keep the sizes of a picture: each file whole before its row says that it is there, those of before gone after."""
    names = {width: write(named(image, width, size.data), size.data) for width, size in made.items()}
    with transaction.atomic():
        # Gone, taken down, or another file by now: whoever put that there asks for its sizes, too.
        if not Image.objects.select_for_update().filter(pk=image.pk, file=image.file.name, withheld=False).exists():
            return
        # A row goes together with its file, unless that is the very file that is kept.
        for old in image.renditions.filter(filter_spec__contains="|format-webp").exclude(file__in=names.values()):
            old.delete()
        for width, size in made.items():
            values = {"file": names[width], "width": size.width, "height": size.height}
            Rendition.objects.update_or_create(
                image=image, filter_spec=SPECS[width], focal_point_key="", defaults=values
            )


def named(image: Image, width: int, data: bytes) -> str:
    """Return the name of a size, which changes with its content: caches may keep it."""
    stem = PurePosixPath(image.file.name).stem[:STEM]
    return f"images/{stem}.{image.pk}.{width}.{hashlib.sha256(data).hexdigest()[:12]}.webp"


def write(name: str, data: bytes) -> str:
    """Write a file and return its name; one that was left half by a process that died is written anew."""
    storage: Storage = Rendition._meta.get_field("file").storage
    if storage.exists(name):
        with storage.open(name) as file:
            if file.read() == data:
                return name
        storage.delete(name)
    return storage.save(name, ContentFile(data))


@task(backend="worker")
def make_by_id(image_id: int) -> None:
    """Make the sizes of one picture; nothing to do when it is gone by now."""
    make(Image.objects.filter(pk=image_id))


def ask(image: Image) -> None:
    """Ask the worker for the sizes; called in the transaction of a change, it is asked when that holds."""
    make_by_id.enqueue(image.pk)


def after_save(instance: Image, raw: bool = False, **kwargs: object) -> None:
    """Ask for what a saved picture lacks."""
    if not raw and lacks(instance):
        ask(instance)


def connect() -> None:
    """Make sizes after each save of a picture."""
    post_save.connect(after_save, sender=Image, dispatch_uid="media.renditions")
