"""One of everything that an address of the admin can be of, beside the holdings."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Page, Site, Task, UploadedFile, Workflow

from cms.models import Holding, Home, Incoming, IncomingRow, SavedView, Shelf, TextPage, Theme
from cms.models.change import Change
from media.models import Image
from search.models import Promotion, Unfound
from tests.cms.desk.one_of_each import picture
from tests.cms.desk.sheets import upload
from tests.picturebooks.recorded import sound
from tours.models import Code, Question

GROUPS = ("编辑", "编目员", "讲解员")


def everything(holdings: dict[str, Holding]) -> dict[str, Any]:
    """Make the people, a review under way, an alias, uploads and the rest, and return all by name."""
    people = {name: User.objects.create_user(name) for name in (*GROUPS, "nobody")}
    for name in GROUPS:
        people[name].groups.add(Group.objects.get(name=name))
    people["admin"] = User.objects.create_superuser("admin", "admin@zhihui.example")
    entry = holdings["entry"]
    draft = entry.get_latest_revision_as_object()
    draft.title = "又一稿"
    draft.save_revision(user=people["编目员"])
    review = Workflow.objects.get(name="送审").start(Holding.objects.get(pk=entry.pk).specific, people["编目员"])
    told = holdings["book"].specific
    told.sound_zh = sound(times="0 1")
    told.save_revision().publish()
    page = ContentType.objects.get_for_model(Page)
    return {
        **people,
        "user": User.objects.create_user("somebody"),
        "group": Group.objects.create(name="别的组"),
        "home": Home.objects.get(),
        "shelf": Shelf.objects.get(slug="chronicle"),
        "text": TextPage.objects.first(),
        "alias": CreatePageAliasAction(holdings["event"], update_slug="also", user=people["admin"]).execute(),
        "entry": entry,
        "revision": entry.revisions.first(),
        "workflow": review.workflow,
        "workflow_state": review,
        "task": Task.objects.get(name="编辑审核"),
        "task_state": review.current_task_state,
        "image": Image.objects.first() or picture(),
        "document": Document.objects.create(title="纪要", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4")),
        "collection": Collection.get_first_root_node().add_child(name="旧照"),
        "site": Site.objects.get(),
        "theme": Theme.objects.get(),
        "told": told,
        "sound": told.sound_zh,
        "redirect": Redirect.objects.create(old_path="/old-road", redirect_page=holdings["place"].page_ptr),
        "change": Change.objects.create(action="delete", title="旧路"),
        "kept": holdings["place"],
        "absorbed": another(holdings["place"]),
        "incoming": incoming(people["admin"]),
        "view": SavedView.objects.create(name="甲", owner=people["admin"], query="kind=place", shared=True),
        "code": Code.objects.first(),
        "unfound": Unfound.objects.create(plain="空中缆车", words="空中缆车"),
        "promotion": Promotion.objects.create(plain="甲", words="甲", holding=entry.pk),
        "question": Question.objects.create(key="0" * 32, text="为什么？", asked_on=timezone.localdate()),
        "uploaded_image": uploaded(Image, people["admin"], upload("image")),
        "uploaded_document": uploaded(Document, people["admin"], upload("paper")),
        "session": EditingSession.objects.create(
            user=people["admin"], content_type=page, object_id=str(entry.pk), last_seen_at=timezone.now()
        ),
    }


def another(place: Holding) -> Holding:
    """Put a second record of a kind beside the first, to be merged with it."""
    return place.get_parent().add_child(instance=type(place)(title=f"{place.title}（重）", summary="又一条"))


def uploaded(model: type, user: User, file: SimpleUploadedFile) -> UploadedFile:
    """Return a file that waits for its title, as the upload of many leaves it."""
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model), file=file, uploaded_by_user=user
    )


def incoming(user: User) -> Incoming:
    """Make an upload with a wrong row and a good one, checked."""
    table = {"file": "place.csv", "title": "", "model": "place", "head": 1, "encoding": "UTF-8", "rows": 2}
    table |= {"found": ["编号", "题名"], "headings": {}, "samples": {}, "cells": {}, "takes": {}}
    made = Incoming.objects.create(made_by=user, source="place.csv", state="checked", tables=[table])
    made.folder.mkdir(parents=True, exist_ok=True)
    (made.folder / "place.csv").write_text("编号,题名\nXH-PL-000991,\nXH-PL-000992,乙\n", "utf-8")
    fault = {"heading": "题名", "old": "", "new": "", "fault": "这一格不能空。"}
    good = {"heading": "题名", "old": "", "new": "乙", "fault": ""}
    IncomingRow.objects.create(incoming=made, table=0, number=2, state="wrong", uid="XH-PL-000991", cells=[fault])
    IncomingRow.objects.create(incoming=made, table=0, number=3, state="new", uid="XH-PL-000992", cells=[good])
    return made
