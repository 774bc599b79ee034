"""The form of a holding in the admin."""

from wagtail.admin.forms import WagtailAdminPageForm


class HoldingForm(WagtailAdminPageForm):
    """Asks for no address: one that is left empty is made from the number, which is given on saving."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug", "uid"):
            if name in self.fields:
                self.fields[name].required = False
        if "uid" in self.fields and self.instance.uid:
            # A number once given stays; a form that never showed it must not take it away.
            self.fields["uid"].disabled = True

    def clean(self) -> dict:
        """Keep the address that the holding has where the field was left empty."""
        cleaned = super().clean()
        if not cleaned.get("slug") and self.instance.slug:
            cleaned["slug"] = self.instance.slug
        return cleaned
