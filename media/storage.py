"""Where uploads lie: a file is there as a whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Leaves no half of a file behind when the disk fills up while it is written."""

    def _save(self, name: str, content: Any) -> str:
        """Write the file; OSError, and nothing left of it, where it could not be written."""
        # The name is free: Django has seen to it just before.
        there = self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except OSError:
            if not there:
                self.delete(name)
            raise
