"""When group talks can be, and who leads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.forms import DateInput
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.planning.forms import TimeInput

LONGEST_SPAN = 92
DAYS = (
    (0, gettext_lazy("maandag")), (1, gettext_lazy("dinsdag")), (2, gettext_lazy("woensdag")),
    (3, gettext_lazy("donderdag")), (4, gettext_lazy("vrijdag")),
)  # fmt: skip


class SeriesForm(forms.Form):
    """From which day to which, between what times, how long; and per leader on which days."""

    van = forms.DateField(label=gettext_lazy("Vanaf"), widget=DateInput())
    tot = forms.DateField(label=gettext_lazy("Tot en met"), widget=DateInput())
    begin = forms.TimeField(label=gettext_lazy("Niet voor"), widget=TimeInput())
    eind = forms.TimeField(label=gettext_lazy("Klaar om"), widget=TimeInput())
    minuten = forms.IntegerField(label=gettext_lazy("Hoeveel minuten per groep?"), min_value=15, max_value=240)

    def __init__(self, *args: Any, leaders: list[StaffMember], **more: Any) -> None:
        super().__init__(*args, **more)
        self.leaders = leaders
        for one in leaders:
            self.fields[f"dagen{one.pk}"] = forms.TypedMultipleChoiceField(
                label=_("Op welke dagen kan %s?") % one, choices=DAYS, coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Days in order and not more than three months, times in order, and somebody who leads."""
        told = super().clean() or {}
        first, last = told.get("van"), told.get("tot")
        if first and last and not timedelta(0) <= last - first <= timedelta(days=LONGEST_SPAN):
            self.add_error("tot", _("Kies een dag na de eerste, binnen drie maanden."))
        if (begin := told.get("begin")) and (end := told.get("eind")) and end <= begin:
            self.add_error("eind", _("Kies een tijd na de eerste."))
        if not self.days():
            self.add_error(None, _("Kies bij minstens één collega de dagen waarop het kan."))
        return told

    def days(self) -> dict[int, frozenset[int]]:
        """Leader → days of the week, without who has none."""
        told = {one.pk: frozenset(self.cleaned_data.get(f"dagen{one.pk}") or ()) for one in self.leaders}
        return {pk: days for pk, days in told.items() if days}


class RowForm(forms.Form):
    """One talk of the proposal; without a day it is not planned now."""

    use_required_attribute = False

    dag = forms.DateField(label=gettext_lazy("Dag"), required=False, widget=DateInput())
    uur = forms.TimeField(label=gettext_lazy("Van"), required=False, widget=TimeInput())
    wie = forms.ModelChoiceField(label=gettext_lazy("Wie leidt"), queryset=StaffMember.objects.none(), required=False)

    def __init__(self, *args: Any, staff: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["wie"].queryset = staff  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All three, or no day."""
        told = super().clean() or {}
        if told.get("dag") and not (told.get("uur") and told.get("wie")):
            self.add_error("dag", _("Vul ook de tijd in en wie het overleg leidt."))
        return told

    def starts(self) -> datetime | None:
        """The moment, None when it is not planned now."""
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["dag"], told["uur"])) if told.get("dag") else None
