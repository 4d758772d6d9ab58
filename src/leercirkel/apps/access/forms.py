"""Forms of the pages on users and roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access import presenters, selectors
from leercirkel.apps.access.managing import Place
from leercirkel.apps.access.models import Bundle
from leercirkel.apps.access.rights import MEANT_FOR, Reach, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import StaffMember

NOTHING_LEFT = "niets"
"""Name of the box that says that a role may lose every right."""


class DateInput(forms.DateInput):
    """A date as browsers ask it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    """A role, a place, and from when until when."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"))
    place = forms.ChoiceField(label=gettext_lazy("Waar"))
    since = forms.DateField(label=gettext_lazy("Vanaf"), widget=DateInput())
    until = forms.DateField(
        label=gettext_lazy("Tot en met"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("Leeg: tot iemand de rol beëindigt."),
    )

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in selectors.places_of(sight)}
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies een rol")),
            *((each.code, _(each.name)) for each in Bundle.objects.filter(school=None)),
        ]
        self.fields["place"].choices = list(_grouped(self.places.values()))  # type: ignore[attr-defined]
        self.fields["since"].initial = clock.today()

    def clean_place(self) -> Place:
        """The place itself."""
        return self.places[self.cleaned_data["place"]]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        found = self.cleaned_data
        return {"code": found["role"], "place": found["place"], "since": found["since"], "until": found["until"]}


class InviteForm(RoleForm):
    """Who, and with which role."""

    email = forms.EmailField(label=gettext_lazy("E-mailadres"))
    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120)
    staff = forms.ModelChoiceField(
        label=gettext_lazy("Staat al bij de medewerkers als"),
        queryset=StaffMember.objects.none(),
        required=False,
        empty_label=gettext_lazy("nog niet, of een ouder"),
        help_text=gettext_lazy("Dan horen groepen en teams van deze medewerker meteen bij het account."),
    )
    field_order = ("email", "name", "staff", "role", "place", "since", "until")

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(sight, *args, **kwargs)
        self.fields["staff"].queryset = selectors.staff_without_account(sight)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A member of staff belongs to the school of the place."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        staff, place = found.get("staff"), found.get("place")
        if staff is not None and place is not None and (place.school is None or place.school.pk != staff.school_id):
            self.add_error("staff", _("Deze medewerker werkt op een andere school dan de plek van de rol."))
        return found


class EndForm(forms.Form):
    """When a role ends."""

    last_day = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        widget=DateInput(),
        required=False,
        help_text=gettext_lazy("Leeg: nu meteen."),
    )


class FilterForm(forms.Form):
    """What the list of users shows."""

    zoek = forms.CharField(label=gettext_lazy("Naam of e-mailadres"), required=False, max_length=80)
    school = forms.TypedChoiceField(label=gettext_lazy("School"), required=False, coerce=int, empty_value=None)
    rol = forms.ChoiceField(label=gettext_lazy("Rol"), required=False)

    def __init__(self, sight: Sight, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = [(each.pk, each.name) for each in selectors.schools_of(sight)]
        self.fields["school"].choices = [("", _("alle scholen")), *schools]  # type: ignore[attr-defined]
        if len(schools) < 2:
            del self.fields["school"]
        roles = [(each.code, _(each.name)) for each in Bundle.objects.filter(school=None)]
        self.fields["rol"].choices = [("", _("alle rollen")), *roles]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What was asked and is a choice here; a wrong one does not count."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def words(self) -> str:
        """What was typed of a name or address."""
        return str(self.given().get("zoek", ""))

    def address(self) -> str:
        """The question as part of an address, without what was typed: only that something was."""
        given = self.given()
        asked = {"gezocht": 1} if "zoek" in given else {}
        asked |= {name: given[name] for name in ("school", "rol") if name in given}
        return f"?{urlencode(asked)}" if asked else ""


class RightsForm(forms.Form):
    """What a role may do: a list of rights to tick, for each reach. Only what a reach can mean anything for.

    With nothing ticked the role would lose everything, also by a page that arrived half: that takes a tick of its own.
    """

    asks = False
    """Whether that tick is asked."""

    def __init__(self, bundle: Bundle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        have = {(row.right, row.reach) for row in bundle.rights.all()}
        for reach in Reach:
            meant = [right for right in Right if reach in MEANT_FOR[right]]
            self.fields[reach.value] = forms.MultipleChoiceField(
                label=reach.label,
                choices=[(right.value, right.label) for right in meant],
                initial=[right.value for right in meant if (right.value, reach.value) in have],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields[NOTHING_LEFT] = forms.BooleanField(required=False, label=_("Deze rol mag niets meer. Dat klopt."))

    def clean(self) -> dict[str, Any]:
        """Nothing ticked needs NOTHING_LEFT."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.rights():
            self.asks = True
            if not found[NOTHING_LEFT]:
                raise forms.ValidationError(
                    _("Er is geen enkel recht aangevinkt. Bevestig dat deze rol niets meer mag.")
                )
        return found

    def reaches(self) -> list[forms.BoundField]:
        """The lists, one for each reach."""
        return [self[reach.value] for reach in Reach]

    def rights(self) -> list[tuple[Right, Reach]]:
        """What was ticked."""
        return [(Right(right), reach) for reach in Reach for right in self.cleaned_data[reach.value]]


def _grouped(places: Iterable[Place]) -> Iterator[tuple[str, Any]]:
    """Boards and schools on their own, groups under the name of their school."""
    yield "", _("Kies een plek")
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in places:
        if place.group is not None and place.school is not None:
            groups[place.school.name].append((place.key, presenters.label_of(place)))
        else:
            yield place.key, presenters.label_of(place)
    yield from groups.items()
