"""What may not be done with users and rights, as exceptions with a text for who tried."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something that may not be done. `text` says why and, where there is one, the way that is open."""

    text: Any = _("Dit kan niet.")

    def __str__(self) -> str:
        return str(self.text)


class NotYours(Refused):
    """A place where the user does not manage users."""

    text = _("Op deze plek beheer je geen gebruikers.")


class ToYourself(Refused):
    """Nobody gives themselves a right, takes one away, or changes a role that they have."""

    text = _("Je eigen rechten verander je niet zelf. Vraag een andere beheerder.")


class GainsByIt(Refused):
    """Nobody adds themselves to what would show them pupils that they do not see yet."""

    text = _("Jezelf toevoegen geeft je zicht op leerlingen. Vraag een collega om het te doen.")


class Twice(Refused):
    """The same person twice in the same period."""

    text = _("Deze persoon staat er in deze periode al bij.")


class LastManager(Refused):
    """A school or board must keep someone who can manage users."""

    text = _("Dit is de laatste beheerder. Geef eerst iemand anders deze rol.")


class Mixed(Refused):
    """Who gives rights to others sees no pupils by the same role."""

    text = _("Een rol waarmee je gebruikers beheert, mag geen leerlingen laten zien. Geef daarvoor een tweede rol.")


class UsedElsewhere(Refused):
    """An account that someone else also answers for."""

    text = _("Dit account wordt ook op een plek gebruikt die jij niet beheert. Beëindig hier de rol; dat is genoeg.")


class OtherName(Refused):
    """An address that has an account under another name, which is not told."""

    text = _(
        "Dit adres heeft al een account, onder een andere naam. Vraag hoe de achternaam bij “Mijn account” staat, en "
        "vul die zo in."
    )


class WrongDates(Refused):
    """A last day before the first."""

    text = _("De laatste dag ligt voor de eerste.")


class EndsTooEarly(Refused):
    """A last day that would say that someone had no right to what they saw by it."""

    text = _("Een rol eindigt op zijn vroegst gisteren. Laat de laatste dag leeg om de rol nu te beëindigen.")


class StartsTooEarly(Refused):
    """A first day before this school year: what was done then was not done by this role."""

    text = _("Een rol begint op zijn vroegst aan het begin van dit schooljaar.")


class AccountOff(Refused):
    """An account that was switched off is not given anything."""

    text = _("Het account met dit adres is uitgeschakeld. Vraag een beheerder om het weer aan te zetten.")


class ReachesMore(Refused):
    """The school's own version of the role of a parent shows more than own children."""

    text = _("De rol ouder laat op deze school meer zien dan eigen kinderen. Laat een beheerder eerst de rol nakijken.")
