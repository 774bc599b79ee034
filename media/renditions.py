"""Which sizes a picture has, and their making when it is saved, never while a reader waits."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from media.models import Image, Rendition

WIDTHS = (320, 640, 1280)


def spec(width: int) -> str:
    """Return Wagtail's filter for a WebP at most `width` pixels wide; it never enlarges."""
    return f"max-{width}x{width * 4}|format-webp"


SPECS = {width: spec(width) for width in WIDTHS}


def ready(image: Image) -> dict[int, Rendition]:
    """Return the renditions that exist, by nominal width, from what was prefetched."""
    made = {r.filter_spec: r for r in image.renditions.all()}
    return {width: made[name] for width, name in SPECS.items() if name in made}


def make(images: Iterable[Image]) -> None:
    """Make every size of each picture; sizes that exist are left alone."""
    for image in images:
        image.get_renditions(*SPECS.values())


@task()
def make_by_id(image_id: int) -> None:
    """Make the sizes of one picture; nothing to do when it is gone by now."""
    make(Image.objects.filter(pk=image_id))


def after_save(instance: Image, raw: bool = False, **kwargs: object) -> None:
    """Ask for the sizes once the row is really there."""
    if not raw:
        transaction.on_commit(lambda: make_by_id.enqueue(instance.pk))


def connect() -> None:
    """Make sizes after each save of a picture."""
    post_save.connect(after_save, sender=Image, dispatch_uid="media.renditions")
