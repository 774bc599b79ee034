"""What is asked before a merge: for each field which value stays, which rows come along, and why."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from cms.desk.merging.comparing import KEPT, OTHER, OWN, Line, PartLine, lines, part_lines
from cms.desk.merging.taking_over import Choices
from cms.models import Change, Holding

LONGEST_REASON = Change._meta.get_field("reason").max_length


class ReasonForm(forms.Form):
    """Why, and which state of the two records was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)
    reason = forms.CharField(
        label=_("缘由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("必填，记进历史。"),
    )


def written(holding: Holding, line: Line) -> forms.Field:
    """Return the field in which a value is written anew, with the limits of its column."""
    column = cast("Field[Any, Any]", holding._meta.get_field(line.name))
    made = cast("forms.Field", column.formfield(required=False, label=line.label, initial=""))
    made.widget = forms.Textarea(attrs={"rows": 2})
    return made


class MergeForm(ReasonForm):
    """One merge. A field of a line is `f-` and its name, what is written anew `w-`, the rows of a part `r-`."""

    def __init__(self, kept: Holding, other: Holding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: list[Line] = list(lines(kept, other))
        self.parts: list[PartLine] = list(part_lines(kept, other))
        for line in self.lines:
            choices = [(KEPT, line.kept), (OTHER, line.other), *([(OWN, "")] if line.writable else [])]
            self.fields[f"f-{line.name}"] = forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect, initial=line.proposed, label=line.label
            )
            if line.writable:
                self.fields[f"w-{line.name}"] = written(kept, line)
        for part in self.parts:
            self.fields[f"r-{part.name}"] = forms.TypedMultipleChoiceField(
                choices=[(row.key, row.text) for row in part.open],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[] if part.ordered else [row.key for row in part.open],
                label=part.label,
            )

    def compared(self) -> Iterator[dict[str, Any]]:
        """Yield the lines with what is chosen of each, to be drawn."""
        for line in self.lines:
            yield {
                "line": line,
                "name": f"f-{line.name}",
                "chosen": self[f"f-{line.name}"].value() or line.proposed,
                "own": self[f"w-{line.name}"] if line.writable else None,
                "errors": self[f"f-{line.name}"].errors,
            }

    def taken(self) -> Iterator[dict[str, Any]]:
        """Yield the parts with the rows that are ticked, to be drawn."""
        for part in self.parts:
            bound = self[f"r-{part.name}"]
            ticked = {str(key) for key in bound.value() or ()}
            rows = [(row, str(row.key) in ticked) for row in part.open]
            yield {"part": part, "name": bound.html_name, "rows": rows, "errors": bound.errors}

    def choices(self) -> Choices:
        """Return what was chosen, of a form that is valid."""
        sent = self.cleaned_data
        return Choices(
            fields={line.name: sent[f"f-{line.name}"] for line in self.lines},
            written={line.name: sent[f"w-{line.name}"] for line in self.lines if line.writable},
            rows={part.name: sent[f"r-{part.name}"] for part in self.parts},
        )

    def left(self) -> list[str]:
        """Return in words what of the other record is not taken, of a form that is valid."""
        chosen = self.choices()
        fields = [line.label for line in self.lines if line.other and chosen.fields[line.name] != OTHER]
        rows = [part.label for part in self.parts if set(chosen.rows[part.name]) != {row.key for row in part.other}]
        return [*fields, *rows]
