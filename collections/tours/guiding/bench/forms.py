"""What a guide fills in at the bench."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tours.guiding.bench.minutes import MinutesField, WholeMinutesField
from tours.models import Length, Script, Stop, Story, Tour
from tours.models.telling import half_minutes
from tours.models.tour import LONGEST_TOUR


class TourForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no argument when it runs
    """What a tour is called, for whom, in which language, how long, from where."""

    minutes = WholeMinutesField(
        label=_("时长（分钟）"), min_value=1, max_value=LONGEST_TOUR, initial=45,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": _("请写整数分钟，如 45。")},
    )  # fmt: skip

    class Meta:
        model = Tour
        fields: ClassVar = ["title", "title_en", "audience", "language", "minutes", "start", "start_en"]
        labels: ClassVar = {"title": _("题名")}
        help_texts: ClassVar = {"title": ""}


class StopForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """How one stop is told: which story, how long, the walk before it. Whether it is locked has a button of its own."""

    minutes = MinutesField(validators=[half_minutes], error_messages={"invalid": _("请写分钟数，如 3 或 2.5。")})
    walking = MinutesField(validators=[half_minutes], error_messages={"invalid": _("请写分钟数，如 3 或 2.5。")})

    class Meta:
        model = Stop
        fields: ClassVar = ["story", "length", "minutes", "walking", "way", "way_en"]

    def __init__(self, *args: Any, stories: list[Story], **kwargs: Any) -> None:
        """`stories` are those that may be told here; no query is made for them."""
        super().__init__(*args, **kwargs)
        choices = [("", _("不讲故事，只看"))] + [(story.pk, story.title) for story in stories]
        self.fields["story"] = forms.TypedChoiceField(
            label=_("故事"), choices=choices, required=False, coerce=int, empty_value=None
        )
        self.initial["story"] = self.instance.story_id or ""
        self.stories = {story.pk: story for story in stories}
        # Read before the form writes into the instance.
        self.before = (self.instance.length, self.instance.minutes)

    def clean_story(self) -> Story | None:
        """Return the story chosen."""
        return self.stories.get(self.cleaned_data["story"])

    def clean(self) -> dict[str, Any]:
        """Let the minutes follow a change of version, unless the guide typed other minutes too."""
        super().clean()
        cleaned = self.cleaned_data
        length, minutes = self.before
        if cleaned.get("length") not in (None, length) and cleaned.get("minutes") == minutes:
            cleaned["minutes"] = minutes_for(minutes, length, cleaned["length"])
        return cleaned


class ScriptForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """What the guide alone sees."""

    class Meta:
        model = Script
        fields: ClassVar = ["text"]
        error_messages: ClassVar = {"text": {"max_length": _("讲稿太长：最多 2 万字。没有保存，文字还在下面。")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False


class FitForm(forms.Form):
    """Into how many minutes, and whether versions may also grow."""

    minutes = WholeMinutesField(
        min_value=1, max_value=LONGEST_TOUR, error_messages={"invalid": _("请写整数分钟，如 30。")}
    )
    longer = forms.BooleanField(required=False)


def minutes_for(minutes: Any, before: int, after: int) -> Any:
    """Return the minutes of a stop whose version changes: the time for looking stays, and the version always has its own."""
    return max(minutes - Length(before).minutes + Length(after).minutes, Length(after).minutes)
