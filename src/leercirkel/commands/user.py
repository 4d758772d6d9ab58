"""`leercirkel user add`: invites someone from the machine itself: the first administrator, or when none is left."""

from __future__ import annotations

import argparse

from leercirkel.operations import installation


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel user`."""
    add = parser.add_subparsers(dest="what", required=True, metavar="WAT").add_parser(
        "add", help="iemand uitnodigen, met een rol bij een bestuur of een school"
    )
    add.add_argument("email", metavar="E-MAIL", help="adres waarmee deze gebruiker zich aanmeldt")
    add.add_argument("--name", required=True, metavar="NAAM", help="voornaam en achternaam")
    add.add_argument("--role", default="administrator", metavar="ROL", help="code van de rol (anders: administrator)")
    add.add_argument("--board", metavar="NAAM", help="naam van het bestuur, als er meer dan één is")
    add.add_argument("--school", metavar="BRIN", help="alleen bij deze school (anders: bij het hele bestuur)")
    add.add_argument("--link", action="store_true", help="de link tonen in plaats van hem te mailen")


def run(arguments: argparse.Namespace) -> int:
    """Invites the user, and says how the link gets there."""
    from leercirkel.config import start

    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.access import console

        invited = console.invite(
            email=arguments.email,
            name=arguments.name,
            role=arguments.role,
            board=arguments.board,
            school=arguments.school,
            link=arguments.link,
        )
    print(f"{invited.name} is uitgenodigd als {invited.role}.")
    if invited.link:
        print(f"Geef zelf deze link; hij werkt één keer, zeven dagen lang:\n  {invited.link}")
    else:
        print(f"De link gaat per mail naar {arguments.email}, zodra de worker draait. Hij werkt zeven dagen.")
    return 0
