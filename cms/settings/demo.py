"""Settings of `make demo`: the production server on embedded parts, on this machine alone."""

import secrets

from cms.settings.base import *  # noqa: F403


def kept_key() -> str:
    """Return this installation's own key, made on first use and kept beside the database."""
    place = VAR / "secret-key"  # noqa: F405
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(secrets.token_urlsafe(50))
        place.chmod(0o600)
    return place.read_text()


SECRET_KEY = SECRET_KEY or kept_key()  # noqa: F405
