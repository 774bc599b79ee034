"""The pictures of one import: each kept once, and taken away again when the import fails."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.files.images import ImageFile

from cms.importing.picture_files import Shot, picture_path
from media.models import Image


@contextmanager
def whole(image: Image) -> Iterator[None]:
    """Leave no part of a file behind where the disk is full before its end."""
    storage = image.file.storage
    name = storage.get_available_name(image.file.field.generate_filename(image, image.file.name))
    try:
        yield
    except OSError:
        storage.delete(name)
        raise


class Album:
    """Knows pictures by their SHA-256, so that one file shown by ten rows is one picture.

    `words` are what the tables say of each picture, by digest and then by field.
    """

    def __init__(self) -> None:
        self.known: dict[str, Image] = {}
        self.made: list[Image] = []
        self.words: dict[str, dict[str, str]] = {}

    def say(self, digest: str, field: str, text: str) -> str:
        """Let the first words for a picture count wherever the batch shows it: they belong to the picture."""
        return self.words.setdefault(digest, {}).setdefault(field, text)

    def picture(self, shot: Shot) -> Image:
        """Return a picture, kept now if the library has it not."""
        if shot.digest not in self.known:
            image = Image.objects.filter(digest=shot.digest).first()
            self.known[shot.digest] = image or self.keep(shot)
        return self.known[shot.digest]

    def keep(self, shot: Shot) -> Image:
        """Save a new picture with the words for it."""
        texts = self.words.get(shot.digest, {})
        with picture_path(shot.folder, shot.name).open("rb") as file:
            title = (texts.get("alt") or shot.name)[:255]
            image = Image(title=title, digest=shot.digest, file=ImageFile(file, name=shot.name), **texts)
            self.made.append(image)
            with whole(image):
                image.save()
        return image

    def describe(self, image: Image | None, words: dict[str, str]) -> None:
        """Bring the words for a picture up to date; an empty cell takes none away."""
        changed = {field: text for field, text in words.items() if image and text and getattr(image, field) != text}
        if image and changed:
            for field, text in changed.items():
                setattr(image, field, text)
            image.save(update_fields=list(changed))

    def forget(self) -> None:
        """Remove the files that this import brought; the database has rolled back their rows."""
        for image in self.made:
            with suppress(OSError):
                image.file.delete(save=False)
