"""What is in use is not deleted, and an upload that cannot be read is refused in words (P01, P08)."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.models import Holding
from media.models import Image
from stations.models import Copy


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("bulk", [False, True])
def test_p01_a_work_with_copies_in_corners_stays(admin: Client, made: dict[str, Holding], bulk: bool) -> None:
    """By its own page or with others: told why, and nothing is lost."""
    work = made["book"]
    address = reverse("wagtailadmin_pages:delete", args=[work.pk])
    if bulk:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={work.pk}"
    assert admin.get(address).status_code == 200
    answer = admin.post(address)
    assert (answer.status_code, "现在不能删" in answer.content.decode()) == (409, True)
    assert Holding.objects.filter(pk=work.pk).exists()
    assert Copy.objects.filter(work=work).count() == 2


def test_p08_a_heic_is_refused_with_the_formats_that_do(client: Client, db: None) -> None:
    """As a librarian uploads one, singly and in the drop zone for many."""
    user = User.objects.create_user("librarian")
    user.groups.add(Group.objects.get(name="编目员"))
    client.force_login(user)
    photo = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 200
    form = {"title": "照片", "collection": 1, "file": SimpleUploadedFile("IMG_1.HEIC", photo)}
    answer = client.post(reverse("wagtailimages:add"), form)
    assert answer.status_code == 200
    assert "请用 JPEG、PNG、WebP 或 GIF" in answer.content.decode()
    many = {"title": "照片", "files[]": SimpleUploadedFile("IMG_1.HEIC", photo)}
    answer = client.post(reverse("wagtailimages:add_multiple"), many)
    assert answer.json()["success"] is False
    assert "请用 JPEG、PNG、WebP 或 GIF" in answer.json()["error_message"]
    assert not Image.objects.filter(title="照片").exists()
