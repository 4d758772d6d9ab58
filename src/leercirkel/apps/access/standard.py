"""The standard bundles in the database, as bundles.py says: brought up to date after every migration."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from leercirkel.apps.access.bundles import BUNDLES


@transaction.atomic
def refresh(**_signal: Any) -> None:
    """Makes the bundles without a school equal to BUNDLES. Needs the owner's role: the application may not.

    A bundle that is no longer in BUNDLES stays, since assignments may point to it. Copies of schools are theirs.
    """
    from leercirkel.apps.access.models import Bundle, BundleRight

    for standard in BUNDLES:
        said = {"name": standard.name, "about": standard.about}
        bundle, _new = Bundle.objects.update_or_create(school=None, code=standard.code, defaults=said)
        wanted = {(right.value, reach.value) for right, reach in standard.rights}
        there = {(row.right, row.reach): row for row in bundle.rights.all()}
        for pair in there.keys() - wanted:
            there[pair].delete()
        BundleRight.objects.bulk_create(
            BundleRight(bundle=bundle, right=right, reach=reach) for right, reach in sorted(wanted - there.keys())
        )
