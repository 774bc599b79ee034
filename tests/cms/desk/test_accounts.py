"""What comes with Wagtail's accounts leads somewhere, or is not offered."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from cms.models import Shelf

pytestmark = pytest.mark.django_db


def test_an_avatar_is_shown_to_the_office_alone(client: Client, settings: object) -> None:
    """Uploaded in the account, served to the admin, 404 for readers, guides and any other file."""
    user = User.objects.create_user("who")
    user.groups.add(Group.objects.get(name="编目员"))
    data = io.BytesIO()
    Picture.new("RGB", (20, 20), "teal").save(data, "PNG")
    UserProfile.objects.create(user=user, avatar=ImageFile(data, "me.png"))
    address = user.wagtail_userprofile.avatar.url
    reader, guide = Client(), User.objects.create_user("guide")
    guide.groups.add(Group.objects.get(name="讲解员"))
    client.force_login(user)
    assert client.get(address).status_code == 200
    assert reader.get(address).status_code == 404
    reader.force_login(guide)
    assert reader.get(address).status_code == 404
    secret = Path(settings.MEDIA_ROOT) / "avatar_images" / "other.png"
    secret.write_bytes(b"not an avatar")
    for name in ("other.png", "..%2Foriginal_images%2Fx.png", "%00", "."):
        assert client.get(f"/files/avatar_images/{name}").status_code == 404, name


def test_a_document_breaks_no_list_and_is_shown_to_the_office_alone(client: Client) -> None:
    """Uploaded, listed, chosen and fetched by the administrator; 404 for readers; nothing that a browser would run."""
    client.force_login(User.objects.create_superuser("admin"))
    paper = SimpleUploadedFile("minutes.pdf", b"%PDF-1.4 minutes")
    form = {"title": "纪要", "collection": 1, "file": paper, "tags": ""}
    assert client.post(reverse("wagtaildocs:add"), form).status_code == 302
    document = Document.objects.get()
    for name in ("wagtaildocs:index", "wagtaildocs_chooser:choose", "wagtailadmin_home"):
        assert client.get(reverse(name)).status_code == 200, name
    assert b"".join(client.get(document.url)).startswith(b"%PDF")
    assert Client().get(document.url).status_code == 404
    assert Client().get(document.file.url).status_code == 404
    form["file"] = SimpleUploadedFile("page.html", b"<script>alert(1)</script>")
    assert client.post(reverse("wagtaildocs:add"), form).status_code == 302
    page = client.get(Document.objects.exclude(pk=document.pk).get().url)
    assert page["Content-Disposition"].startswith("attachment")
    assert page["X-Content-Type-Options"] == "nosniff"


def test_a_login_without_a_page_to_return_to_leads_home(client: Client) -> None:
    """Not to /accounts/profile/, which nobody has; the same for a page's password with a foreign address to return to."""
    User.objects.create_user("reader", password="梧桐树下-2026")
    answer = client.post(reverse("wagtailcore_login"), {"username": "reader", "password": "梧桐树下-2026"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    shelf = Shelf.objects.get(slug="places")
    closed = PageViewRestriction.objects.create(page=shelf, restriction_type="password", password="sesame")
    address = reverse("wagtailcore_authenticate_with_password", args=[closed.pk, shelf.pk])
    answer = client.post(address, {"password": "sesame", "return_url": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_no_letter_is_promised_where_none_is_sent(client: Client, settings: object) -> None:
    """Without a server for mail there is no new password by mail; with one there is."""
    address = reverse("wagtailadmin_password_reset")
    assert settings.WAGTAIL_PASSWORD_RESET_ENABLED is False
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("wagtailadmin_login")).content.decode()
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    assert client.get(address).status_code == 200


def test_the_desk_speaks_the_language_of_the_account(client: Client) -> None:
    """Also where Wagtail answers after it has put that language away: what is refused, and what is not there."""
    user = User.objects.create_user("who")
    user.groups.add(Group.objects.get(name="编目员"))
    profile = UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)

    def answers() -> list[str]:
        missing = client.get("/admin/incoming/404/")
        refused = client.get(reverse("wagtailadmin_pages:delete", args=[Shelf.objects.first().pk]), follow=True)
        assert missing.status_code == 404
        return [missing.content.decode(), refused.content.decode()]

    for page, said in zip(answers(), ("Page not found", "you do not have permission"), strict=True):
        assert said in page
    profile.preferred_language = "zh-hans"
    profile.save()
    for page, said in zip(answers(), ("没有这一页", "你没有权限访问"), strict=True):
        assert said in page


def test_who_comes_to_the_desk_reads_chinese_and_whose_it_is(client: Client) -> None:
    """Wagtail names itself there, and the password in English."""
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "登录编修室" in page
    assert "密码" in page
    for foreign in ("Password", "登录Wagtail", "- Wagtail"):
        assert foreign not in page
