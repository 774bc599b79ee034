"""The holding (馆藏): what every kind in the library has in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import Panel
from wagtail.models import Page

from cms.catalogue.columns import COMMON, Column
from cms.catalogue.filters import Filter, ReadyList
from cms.catalogue.forms import HoldingCopyForm, HoldingForm
from cms.catalogue.marc import MarcMap
from cms.catalogue.panels import tabs
from cms.catalogue.prose import IN_ENGLISH, TextPart, parts
from cms.catalogue.shelves import ShelfSpec
from cms.catalogue.sorting import sort_key
from cms.models.batch import ImportBatch
from cms.models.date import HistoricalDate
from cms.models.relation import SAID, Ends
from cms.models.rights import Rights
from cms.models.theme import Theme
from cms.models.translation import Translated
from cms.models.uid import GIVEN, WRITTEN, address_of, next_uid, normal_uid, note_uid
from cms.models.visible_page import Seen


class Holding(Seen, HistoricalDate, Rights, Translated, Page):
    """A thing that the library catalogues; each concrete subclass is a kind.

    A kind says in class attributes: `code` (in its uids), `glyph` (one character on its tag), `tone` (one of
    the four collections of the design), `shelf` (where it stands), `order` (the field
    with its number among those beside it), `authority` (a person, place, period or body whose names
    a query may mean), `relation_words` (what a relation of it is called where that is not what others say),
    `kind_panels`, `kind_columns`, `kind_filters`, `kind_lists`, `marc`.
    """

    # Templates are handed kinds as classes; without this they would try to make an instance.
    do_not_call_in_templates: ClassVar[bool] = True
    code: ClassVar[str] = "HO"
    glyph: ClassVar[str] = "藏"
    tone: ClassVar[str] = "shi"
    schema_type: ClassVar[str] = "CreativeWork"
    covers_its_shelf: ClassVar[bool] = False
    runs_in_calendar: ClassVar[bool] = False
    shelf: ClassVar[ShelfSpec | None] = None
    facet: ClassVar[str] = ""
    order: ClassVar[str] = ""
    authority: ClassVar[bool] = False
    relation_words: ClassVar[dict[str, Ends]] = {}
    kind_panels: ClassVar[list[Panel]] = []
    kind_columns: ClassVar[tuple[Column, ...]] = ()
    kind_filters: ClassVar[tuple[Filter, ...]] = ()
    kind_lists: ClassVar[tuple[ReadyList, ...]] = ()
    marc: ClassVar[MarcMap | None] = None
    parts_come = False
    slug: str  # of Page

    uid = models.CharField(
        _("编号"), max_length=40, unique=True, blank=True, help_text=_("留空则自动编号；编号一经给出，永不改用。")
    )
    title_en = models.CharField(_("英文题名"), max_length=255, blank=True)
    summary = models.TextField(_("提要"), blank=True, max_length=2000)
    summary_en = models.TextField(_("英文提要"), blank=True, max_length=2000)
    cover = models.ForeignKey(
        "media.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("图片")
    )
    credit = models.CharField(_("图片来源"), max_length=300, blank=True)
    credit_en = models.CharField(_("英文图片来源"), max_length=300, blank=True)
    themes = ParentalManyToManyField(Theme, blank=True, related_name="holdings", verbose_name=_("主题"))
    sample = models.BooleanField(
        _("示例"), default=False, help_text=_("为演示而编的内容，公开页面会标明“示例 / SAMPLE”。")
    )
    unverified = models.BooleanField(
        _("待核"), default=False, help_text=_("有说法还没查到出处，公开页面会标明“待核”。")
    )
    featured = models.PositiveSmallIntegerField(
        _("首页次序"), null=True, blank=True, db_index=True, help_text=_("填数字则列在首页卷目，小的在前。")
    )
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="holdings"
    )

    # What lists are sorted by; kept, because reading a title aloud is slow and databases sort Chinese each in its own way.
    sort_key_chinese = models.CharField(max_length=255, blank=True, editable=False, default="")
    sort_key_english = models.CharField(max_length=255, blank=True, editable=False, default="")

    parent_page_types: ClassVar[list[str]] = ["cms.Shelf"]
    subpage_types: ClassVar[list[str]] = []
    # What has a kind is made as one; the bare holding is what kinds have in common.
    is_creatable = False
    base_form_class = HoldingForm
    copy_form_class = HoldingCopyForm
    # A copy is another record: it has a number of its own, and did not come with the import.
    exclude_fields_in_copy: ClassVar[list[str]] = ["uid", "batch"]
    show_in_menus_default = False

    class Meta:
        verbose_name = _("馆藏")
        verbose_name_plural = _("馆藏")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give every kind its tabs in the admin, made from its own panels and the common ones."""
        super().__init_subclass__(**kwargs)
        cls.edit_handler = tabs(cls.kind_panels)

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """Return the columns of this kind's CSV: the common ones and its own."""
        return (*COMMON, *cls.kind_columns)

    @classmethod
    def said_of(cls, role: str) -> Ends:
        """Return what a relation of a holding of this kind is called at both ends."""
        return cls.relation_words.get(role, SAID[role])

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Whether this kind belongs there: of the shelves, on those that are put up for it."""
        if not super().can_exist_under(parent):
            return False
        kinds = getattr(parent.specific, "kinds", None)
        return kinds is None or cls._meta.label_lower in kinds

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Number the holding first, so that its address can be made from the number."""
        self.take_number()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Number drafts and copies too, which Wagtail saves unasked, and keep the keys by which lists are sorted."""
        self.take_number()
        if self._state.adding:
            note_uid(self.uid)
        fields = kwargs.get("update_fields")
        if fields is None or {"title", "title_en"} & set(fields):
            self.sort_key_chinese, self.sort_key_english = sort_key(self.title), sort_key(self.title_en)
            kwargs["update_fields"] = fields and {*fields, "sort_key_chinese", "sort_key_english"}
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Let no draft stand at the address of another's number, as the draft of a copy would."""
        self.take_number(new=True)
        return super().save_revision(*args, **kwargs)

    def take_number(self, new: bool = False) -> None:
        """Give a new holding its permanent number, and the address made from it where it has none or another's."""
        if not self.uid:
            self.uid = next_uid(self.code)
        elif self._state.adding:
            self.uid = normal_uid(self.uid)
        new = new or self._state.adding
        if not self.slug or (new and GIVEN.fullmatch(self.slug) and self.slug != address_of(self.uid)):
            self.slug = address_of(self.uid)

    def with_content_json(self, content: dict[str, Any]) -> "Holding":
        """Return a version with its fields from a revision; the number is never another's, nor an earlier one."""
        version = super().with_content_json(content)
        version.uid = self.uid
        return version

    def copy_all_child_relations(
        self, target: "Holding", exclude: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Copy the parts, without those that can be of one holding alone; an alias also gets a number of its own.

        Wagtail asks `exclude_fields_in_copy` when it makes a copy, and not when it makes an alias or brings one up to date.
        """
        if target._state.adding and target.alias_of_id:
            target.uid, target.batch = "", None
            target.slug = "" if target.slug == self.slug else target.slug
        return super().copy_all_child_relations(target, [*(exclude or []), *self.exclude_fields_in_copy], **kwargs)

    def clean(self) -> None:
        """Settle the date and the states of translation; ValidationError names what cannot be read."""
        # Before it stands in the tree a page has no siblings to compare its address with.
        if self.path:
            super().clean()
        self.check_number()
        self.settle_date()
        self.settle_translations()
        if not self.parts_come:
            self.clean_parts()

    def check_number(self) -> None:
        """Refuse a new holding with a number that another has, in small letters or capitals, or that is no number."""
        if not self._state.adding or not self.uid:
            return
        self.uid = normal_uid(self.uid)
        if not WRITTEN.fullmatch(self.uid):
            raise ValidationError({"uid": _("编号要用字母、数字、点和横线，如 XH-PL-000001。")})
        if Holding.objects.filter(uid__iexact=self.uid).exists():
            raise ValidationError({"uid": _("编号“%(uid)s”已经有了，不论大小写。") % {"uid": self.uid}})
        if heir := Holding.objects.filter(former_numbers__uid__iexact=self.uid).first():
            words = _("编号“%(uid)s”的那一条已经并入 %(heir)s《%(title)s》。")
            raise ValidationError({"uid": words % {"uid": self.uid, "heir": heir.uid, "title": heir.title}})

    def clean_parts(self) -> None:
        """Check what only the parts together can tell; a kind that has such parts raises ValidationError."""

    def clean_beside_others(self) -> None:
        """Check what a form or a table says against what other records say; a kind that shares something raises ValidationError.

        Publishing without either does not ask: a copy or an alias made a record of its own says what its original says.
        """

    @contextmanager
    def parts_to_come(self) -> Iterator[None]:
        """Leave the check of the parts to a form, which has them while the holding still has those of before."""
        self.parts_come = True
        try:
            yield
        finally:
            self.parts_come = False

    @classmethod
    def served(cls) -> models.QuerySet[Any]:
        """Fetch the cover and its sizes along with the holding."""
        return cls.objects.select_related("cover").prefetch_related("cover__renditions")

    @property
    def shows_body(self) -> bool:
        """Whether the running text may be shown and searched at all; a kind may have reasons against it."""
        return True

    def jsonld(self) -> dict[str, str]:
        """Return what a kind says of itself in the words of schema.org, beyond title, summary and picture; empty values are left out."""
        return {}

    def text_parts(self) -> list[TextPart]:
        """Return the Chinese paragraphs that search should find, and where they stand; a kind adds its own."""
        return [TextPart(self.summary), *parts(getattr(self, "body", ""))]

    def text_parts_en(self) -> list[TextPart]:
        """Return the English paragraphs that search should find, and where they stand."""
        return [TextPart(self.summary_en), *parts(getattr(self, "body_en", ""), IN_ENGLISH)]
