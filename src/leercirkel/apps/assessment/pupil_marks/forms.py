"""A mark of one pupil, of a class, and a list from a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.assessment.actions.pupil_marks import Written
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.assessment.pupil_marks.words import destination_choices, support_choices
from leercirkel.apps.organisation.models import School
from leercirkel.exchange.marks.reader import FIRST_DAY, LAST_DAY
from leercirkel.exchange.small_tables import LIMITS


class _Day(forms.DateField):
    """A day within the years that marks may be of."""

    widget = DateInput

    def clean(self, value: Any) -> Any:
        """The day, or None when it is empty."""
        found = super().clean(value)
        if found is not None and not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError(_("Deze datum kan niet kloppen."))
        return found


class MarkForm(forms.Form):
    """Destination and support of one pupil from a day on."""

    since = _Day(
        label=gettext_lazy("Vanaf"),
        help_text=gettext_lazy("Voor een schooljaar telt de bestemming die op 1 augustus gold."),
    )
    destination = forms.ChoiceField(label=gettext_lazy("Bestemming"), required=False)
    care = forms.ChoiceField(label=gettext_lazy("Extra ondersteuning"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Waarop rust de bestemming? Verplicht bij een bestemming."),
    )
    until = _Day(label=gettext_lazy("Tot en met"), required=False,
                 help_text=gettext_lazy("Leeg: tot er iets anders wordt vastgelegd."))  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["since"].initial = clock.today()
        _choices(self, "destination", [("", _("niets over de bestemming")), *destination_choices()])
        _choices(self, "care", [("", _("niets over ondersteuning")), *support_choices()])

    @classmethod
    def values(cls, mark: PupilMark) -> dict[str, Any]:
        """A mark as the form shows it."""
        return {name: getattr(mark, name) for name in ("since", "until", "destination", "care", "reason")}

    def clean(self) -> dict[str, Any]:
        """Says something, with a reason for a destination; does not end before it begins."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("destination") and not given.get("care") and not self.errors:
            self.add_error("destination", _("Kies een bestemming of ondersteuning."))
        if given.get("destination") and not given.get("reason", "").strip():
            self.add_error("reason", _("Schrijf op waarop de bestemming rust."))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste."))
        return given

    def written(self) -> Written:
        """What was filled in. The form must be valid."""
        return Written(**{**self.cleaned_data, "reason": self.cleaned_data["reason"].strip()})


class EndForm(forms.Form):
    """The last day of a mark."""

    until = _Day(label=gettext_lazy("Tot en met"))

    def __init__(self, mark: PupilMark, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.mark = mark
        self.fields["until"].initial = clock.today()

    def clean_until(self) -> Any:
        """Not before it begins."""
        until = self.cleaned_data["until"]
        if until < self.mark.since:
            raise forms.ValidationError(_("Deze dag ligt voor het begin. Klopt het kenmerk niet, trek het dan in."))
        return until


class GroupForm(forms.Form):
    """One day and one reason for a class; per pupil a destination, support, or neither: then nothing changes."""

    since = _Day(
        label=gettext_lazy("Vanaf"),
        help_text=gettext_lazy("Geldt voor alles wat hieronder wordt ingevuld."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Verplicht als er een bestemming is gekozen."),
    )

    def __init__(self, pupils: Iterable[int], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.pupils = list(pupils)
        self.fields["since"].initial = clock.today()
        for pk in self.pupils:
            for name, label, choices in (
                ("destination", _("Bestemming"), destination_choices()),
                ("care", _("Extra ondersteuning"), support_choices()),
            ):
                field = forms.ChoiceField(label=label, required=False, choices=[("", _("geen wijziging")), *choices])
                self.fields[f"{name}-{pk}"] = field

    def written(self) -> dict[int, Written]:
        """Pupil → mark, for those with something chosen. The form must be valid."""
        given = self.cleaned_data
        return {
            pk: Written(given["since"], None, given[f"destination-{pk}"], given[f"care-{pk}"], given["reason"].strip())
            for pk in self.pupils
            if given[f"destination-{pk}"] or given[f"care-{pk}"]
        }

    def clean(self) -> dict[str, Any]:
        """A reason where a destination is set."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if any(given.get(f"destination-{pk}") for pk in self.pupils) and not given.get("reason", "").strip():
            self.add_error("reason", _("Schrijf op waarop de bestemming rust."))
        return given


class ListForm(forms.Form):
    """A list of marks, and of which school when there are several."""

    bestand = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("kenmerken.csv of Excel (XLSX), hoogstens 8 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    school = forms.ModelChoiceField(label=gettext_lazy("School"), queryset=School.objects.none())

    def __init__(self, *args: Any, schools: list[School], **more: Any) -> None:
        super().__init__(*args, **more)
        self.schools = schools
        if len(schools) > 1:
            field = cast(Any, self.fields["school"])
            field.queryset = School.objects.filter(pk__in=[school.pk for school in schools])
        else:
            del self.fields["school"]

    def clean_bestand(self) -> UploadedFile[bytes]:
        """The file when it is not too large."""
        upload: UploadedFile[bytes] = self.cleaned_data["bestand"]
        if (upload.size or 0) > LIMITS.file:
            raise forms.ValidationError(_("Dit bestand is groter dan 8 MB."))
        return upload

    def chosen(self) -> School:
        """The school that was chosen, or the only one."""
        school: School | None = self.cleaned_data.get("school")
        return school or self.schools[0]


def _choices(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[field]).choices = choices
