"""Pictures, and who brings them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client

from authorities.models import Place
from cms.models import Shelf
from media import renditions
from media.models import Image

CASES = settings.ROOT / "tests/cases"


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings: object) -> Path:
    """Give each test a folder of its own for files, so that what is left in it is its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def kept(db: None) -> Callable[..., Image]:
    """Return a function that keeps a picture, with its sizes unless told otherwise."""

    def keep(data: bytes, name: str = "a.png", sizes: bool = True) -> Image:
        image = Image.objects.create(title=name, file=ContentFile(data, name))
        if sizes:
            renditions.make([image])
        return image

    return keep


@pytest.fixture
def shown(db: None) -> Callable[[Image], Place]:
    """Return a function that shows a picture on a public page."""

    def show(image: Image, **fields: object) -> Place:
        shelf = Shelf.objects.get(slug=Place.shelf.slug)
        return shelf.add_child(instance=Place(title="淮海中路", place_type="road", cover=image, **fields))

    return show


@pytest.fixture
def as_one_of(db: None) -> Callable[..., Client]:
    """Return a function that logs somebody of a group in."""

    def log_in(group: str = "", **fields: object) -> Client:
        user, _ = User.objects.get_or_create(username=f"one-of-{group or 'none'}", defaults=fields)
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        client = Client()
        client.force_login(user)
        return client

    return log_in
