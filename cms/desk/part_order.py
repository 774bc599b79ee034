"""Parts that tables name by their place: a form that moves none of them leaves every place as it is."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class PlacedFormSet(BaseChildFormSet):
    """Parts in an order, counted from 0 as everywhere in the database.

    Where a part was taken away its place stays empty, so that a table that is read in again meets each of the others.
    """

    def save(self, commit: bool = True) -> list[Any]:
        """Number the parts: those that stand in their old order keep their places, with new ones between them."""
        own = {id(form): form.instance.sort_order for form in self.ordered_forms if form.instance.pk}
        saved = super().save(commit=False)
        kept = list(own.values())
        stays = None not in kept and sorted(set(kept)) == kept
        place = -1
        for form in self.ordered_forms:
            before = own.get(id(form), -1) if stays else -1
            place = max(before, place + 1)
            form.instance.sort_order = place
        if commit:
            getattr(self.instance, self.rel_name).commit()
        return saved


class PlacedPanel(InlinePanel):
    """The panel of such parts."""

    def get_form_options(self) -> dict[str, Any]:
        """Take our formset."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = PlacedFormSet
        return options
