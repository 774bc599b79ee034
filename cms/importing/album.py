"""The pictures of one import: each kept once, and taken away again when the import fails."""

from django.core.files.images import ImageFile

from cms.importing.pictures import picture_path
from cms.importing.sheets import Row
from media.models import Image

TEXTS = ("alt", "alt_en")


class Album:
    """Knows pictures by their SHA-256, so that one file shown by ten rows is one picture."""

    def __init__(self) -> None:
        self.known: dict[str, Image] = {}
        self.made: list[Image] = []

    def picture(self, row: Row, field: str) -> Image | None:
        """Return the picture of a row, kept now if the library has it not."""
        name, digest = row.values[field]
        if not name:
            return None
        texts = {text: row.values.get(f"{field}.{text}", "") for text in TEXTS}
        if digest not in self.known:
            image = Image.objects.filter(digest=digest).first()
            self.known[digest] = image or self.keep(row, name, digest, texts)
        self.describe(self.known[digest], texts)
        return self.known[digest]

    def keep(self, row: Row, name: str, digest: str, texts: dict[str, str]) -> Image:
        """Save a new picture."""
        with picture_path(row.sheet.path.parent, name).open("rb") as file:
            image = Image(title=(texts["alt"] or name)[:255], digest=digest, file=ImageFile(file, name=name), **texts)
            self.made.append(image)
            image.save()
        return image

    def describe(self, image: Image, texts: dict[str, str]) -> None:
        """Bring the words for a picture up to date; an empty cell takes none away."""
        changed = {field: text for field, text in texts.items() if text and getattr(image, field) != text}
        if changed:
            for field, text in changed.items():
                setattr(image, field, text)
            image.save(update_fields=list(changed))

    def forget(self) -> None:
        """Remove the files that this import brought; the database has rolled back their rows."""
        for image in self.made:
            image.file.delete(save=False)
