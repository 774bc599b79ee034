"""The recordings of one import: each kept once, and taken away again when the import fails."""

from contextlib import suppress

from django.core.files import File

from cms.importing.sound_files import Take, sound_path
from media.models import Sound


class Tape:
    """Knows recordings by their SHA-256; `words` are what the tables say of each, by digest and then by field."""

    def __init__(self) -> None:
        self.known: dict[str, Sound] = {}
        self.made: list[Sound] = []
        self.words: dict[str, dict[str, str]] = {}

    def say(self, digest: str, field: str, text: str) -> str:
        """Let the first words for a recording count wherever the batch plays it: they belong to the recording."""
        return self.words.setdefault(digest, {}).setdefault(field, text)

    def sound(self, take: Take) -> Sound:
        """Return a recording, kept now if the library has it not."""
        if take.digest not in self.known:
            found = Sound.objects.filter(digest=take.digest).order_by("pk").first()
            self.known[take.digest] = found or self.keep(take)
        return self.known[take.digest]

    def keep(self, take: Take) -> Sound:
        """Save a new recording with the words for it."""
        with sound_path(take.folder, take.name).open("rb") as file:
            made = Sound(title=take.name[:255], file=File(file, name=take.name), **self.words.get(take.digest, {}))
            self.made.append(made)
            made.save()
        return made

    def describe(self, sound: Sound | None, words: dict[str, str]) -> None:
        """Bring the words for a recording up to date; an empty cell takes none away."""
        changed = {field: text for field, text in words.items() if sound and text and getattr(sound, field) != text}
        if sound and changed:
            for field, text in changed.items():
                setattr(sound, field, text)
            sound.save(update_fields=list(changed))

    def forget(self) -> None:
        """Remove the files that this import brought; the database has rolled back their rows."""
        for sound in self.made:
            with suppress(OSError, ValueError):
                sound.file.delete(save=False)
