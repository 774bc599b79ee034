"""How far the English of a record is: missing, draft, approved, or stale since the Chinese changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.catalogue.bilingual import MISSING, STALE, pairs, settle


class Translated(models.Model):
    """State of each pair of fields, kept beside them; approving is the librarian's word."""

    translations = models.JSONField(default=dict, blank=True, editable=False)
    english_approved = models.BooleanField(
        _("英文已核定"), default=False, help_text=_("核定后若再改中文，对应的英文会自动标为“待更新”，这一勾也会去掉。")
    )

    class Meta:
        abstract = True

    def settle_translations(self) -> None:
        """Bring every pair's state in line with its texts; an outdated one takes the approval away."""
        before = self.translations or {}
        after = {}
        for field in pairs(type(self)):
            record = settle(
                before.get(field), getattr(self, field) or "", getattr(self, f"{field}_en") or "", self.english_approved
            )
            if record:
                after[field] = record
        self.translations = after
        newly_stale = any(r["state"] == STALE and before.get(f, {}).get("state") != STALE for f, r in after.items())
        self.english_approved = self.english_approved and not newly_stale

    def translation_state(self, field: str) -> str:
        """Return the state of one pair."""
        return (self.translations or {}).get(field, {}).get("state", MISSING)
