"""What is missing or left over on the disk: sizes that were not made, files that no row names."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.files.storage import Storage, default_storage
from django.db.models import Model
from django.utils import timezone

from media.models import Image, Rendition, Sound
from media.renditions import lacks

UPLOADS, SIZES, SOUNDS = "original_images", "images", "sounds"
AGE = timedelta(hours=6)
"""Younger files may belong to a row that is just being written."""


def lacking() -> Iterator[int]:
    """Yield the numbers of pictures that lack a size; a picture whose upload is gone is named too, since its task will say so."""
    for image in Image.objects.prefetch_related("renditions").iterator(chunk_size=500):
        if lacks(image):
            yield image.pk


def surplus(folder: str, age: timedelta = AGE) -> Iterator[str]:
    """Yield the files of a folder that no row names and that are older than `age`."""
    models: dict[str, type[Model]] = {UPLOADS: Image, SIZES: Rendition, SOUNDS: Sound}
    storage, model = default_storage, models[folder]
    named = set(model._default_manager.values_list("file", flat=True))
    for name in files(storage, folder):
        if name not in named and storage.get_modified_time(name) < timezone.now() - age:
            yield name


def files(storage: Storage, folder: str) -> list[str]:
    """Return the files of a folder, none where it is not there yet."""
    try:
        return [f"{folder}/{name}" for name in sorted(storage.listdir(folder)[1])]
    except FileNotFoundError:
        return []


def remove(names: Iterable[str]) -> int:
    """Delete files; returns how many."""
    count = 0
    for name in names:
        default_storage.delete(name)
        count += 1
    return count
