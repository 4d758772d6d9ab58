"""The snapshot holds what the figures are made of and nothing that leads back, and follows the database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.analysis.frames import ENROLMENTS, MARKS, RESULTS, checked
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment import afterwards, tasks
from leercirkel.apps.assessment.actions import Entered, enter_result, undo_import
from leercirkel.apps.assessment.actions import snapshot as action
from leercirkel.apps.assessment.actions.snapshot import take_snapshot
from leercirkel.apps.assessment.selectors.snapshot import snapshot_trouble
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import Group, Pupil, PupilKey
from leercirkel.cli import main
from leercirkel.commands import doctor
from leercirkel.commands import snapshot as command
from leercirkel.engines import snapshot
from leercirkel.engines.snapshot import FRAMES, Pseudonyms, SnapshotBusy


@pytest.fixture
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("snapshot") as world:
        yield world


def files(folder: Path) -> dict[str, Path]:
    """Frame and school → file of the version that holds."""
    at = (folder / snapshot.CURRENT).resolve()
    return {str(path.relative_to(at)): path for path in sorted(at.rglob("*.parquet"))}


def everything(folder: Path) -> str:
    """Every value in every file, and the list of what there is."""
    told = [str(pl.read_parquet(path).rows()) for path in files(folder).values()]
    return "\n".join([*told, (folder / snapshot.CURRENT / "manifest.json").read_text()])


def test_it_has_the_frames_of_every_school_and_no_name_key_class_or_file(small: World, tmp_path: Path) -> None:
    school = small.schools["kantelaar"]
    with scope(schools=[school.pk]):
        PupilKey.objects.create(school=school, pupil=small.pupils["noor"], key="eckid-of-noor")
        pupils = list(Pupil.objects.filter(school=school))
        telling = {pupil.first_name for pupil in pupils} | {pupil.surname for pupil in pupils}
        telling |= {group.name for group in Group.objects.filter(school=school) if len(group.name) > 1}

    made = take_snapshot(folder=tmp_path / "s")

    code = "99XA00" if "99XA00" in made.schools else next(iter(made.schools))
    assert len(made.schools) == len(small.schools)
    for name, schema in zip(FRAMES, (RESULTS, ENROLMENTS, MARKS), strict=True):
        whole = pl.concat(
            [pl.read_parquet(path) for path in files(tmp_path / "s").values() if path.parent.name == name]
        )
        checked(whole, schema)
        assert whole.height == made.rows(name) > 0
    text = everything(tmp_path / "s")
    assert not [name for name in telling if name in text]
    assert "eckid" not in text
    assert not any(f"'#{pupil.pk}'" in text for pupil in pupils)
    assert code in text
    results = pl.concat([pl.read_parquet(path) for name, path in files(tmp_path / "s").items() if "results" in name])
    assert set(results["source"]) == {""}
    assert results["pupil"].str.len_chars().unique().to_list() == [32]


def test_a_school_that_did_not_change_stays_the_same_file(small: World, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    take_snapshot(folder=folder)
    before = {name: path.stat().st_ino for name, path in files(folder).items()}
    version = (folder / snapshot.CURRENT).resolve()
    noor = small.pupils["noor"]
    with scope(schools=[noor.school_id]):
        noor.results.filter(subject="rekenen").update(score=99.0)
    with whole_installation():
        logged = Event.objects.filter(purpose=action.PURPOSE).count()

    take_snapshot(folder=folder)

    after = {name: path.stat().st_ino for name, path in files(folder).items()}
    changed = {name for name in after if after[name] != before[name]}
    assert {Path(name).stem for name in changed} == {f"{small.schools['kantelaar'].brin}00"}
    assert not version.exists()
    with whole_installation():
        assert Event.objects.filter(purpose=action.PURPOSE).count() == logged + 1


def test_who_is_removed_is_nowhere_in_it(small: World, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    take_snapshot(folder=folder)
    noor = small.pupils["noor"]
    key = Pseudonyms(snapshot.derived_key(override_key()))
    hers = key.of(f"pupil {small.schools['kantelaar'].brin}00", f"#{noor.pk}")
    assert hers in everything(folder)
    with scope(schools=[noor.school_id]):
        noor.results.all().delete()
        noor.marks.all().delete()
        noor.enrolments.all().delete()

    take_snapshot(folder=folder)

    assert hers not in everything(folder)
    assert [path.name for path in folder.iterdir() if path.is_dir() and not path.is_symlink()] == [
        (folder / snapshot.CURRENT).resolve().name
    ]


def test_what_was_undone_is_nowhere_in_it(small: World, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    noor = small.pupils["noor"]
    brought = Entered(2026, date(2027, 2, 10), "M", "begrijpend lezen", "Demo-LVS", score=104.5)
    with whole_installation():
        batch = enter_result(pupil=noor, entered=brought, reason="catch_up", by=None).batch
    assert batch is not None
    take_snapshot(folder=folder)
    assert scores(folder, "begrijpend lezen") == [104.5]

    with whole_installation():
        undo_import(batch=batch, by=None)
    take_snapshot(folder=folder)

    assert scores(folder, "begrijpend lezen") == []


def scores(folder: Path, subject: str) -> list[float]:
    """Every score of a subject, of all schools."""
    found = [pl.read_parquet(path) for name, path in files(folder).items() if name.startswith("results/")]
    return pl.concat(found).filter(subject=subject)["score"].to_list()


def override_key() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


def test_another_key_gives_other_pseudonyms_to_all(small: World, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    take_snapshot(folder=folder)
    before = {name: set(pl.read_parquet(path)["pupil"]) for name, path in files(folder).items()}

    with override_settings(SECRET_KEY="another secret altogether"):
        take_snapshot(folder=folder)

    after = {name: set(pl.read_parquet(path)["pupil"]) for name, path in files(folder).items()}
    assert after.keys() == before.keys()
    assert not any(before[name] & after[name] for name in before)


def test_many_schools_are_read_by_more_processes(small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = take_snapshot(folder=tmp_path / "one")
    monkeypatch.setattr(action, "ENOUGH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)

    more = take_snapshot(folder=tmp_path / "more")

    assert more.schools == one.schools
    assert everything(tmp_path / "more").split('"schools"')[1] == everything(tmp_path / "one").split('"schools"')[1]


def test_the_worker_keeps_it_up_where_there_is_one(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    school = small.schools["kantelaar"]
    waiting = DBTaskResult.objects.filter(task_path=tasks.renew_snapshot.module_path)
    afterwards.changed(school.pk, 0)
    assert not waiting.exists()

    take_snapshot(folder=tasks.snapshot_folder())
    afterwards.changed(school.pk, 0)
    afterwards.changed(school.pk, 0)

    assert waiting.count() == 1
    waiting.update(run_after=F("enqueued_at"))
    version = (tasks.snapshot_folder() / snapshot.CURRENT).resolve()
    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)
    assert (tasks.snapshot_folder() / snapshot.CURRENT).resolve() != version


def test_two_at_once_are_told_apart(small: World, tmp_path: Path) -> None:
    with snapshot.renewed(tmp_path / "s", Pseudonyms(b"k" * 32), "now"), pytest.raises(SnapshotBusy):
        take_snapshot(folder=tmp_path / "s")


def test_what_an_interrupted_first_run_left_is_removed_too(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    left = folder / "version-0123456789abcdef" / "results"
    left.mkdir(parents=True)
    (left / "99XA00.parquet").write_bytes(b"half")

    assert snapshot.remove(folder)

    assert not list(folder.glob("version-*"))
    assert not snapshot.remove(folder)


def test_one_that_was_removed_is_not_made_again_by_work_that_waited(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    folder = tasks.snapshot_folder()
    take_snapshot(folder=folder)
    assert snapshot.remove(folder)

    tasks.renew_snapshot.call()

    assert not list(folder.glob("version-*"))
    assert snapshot.current(folder) is None


def test_one_of_an_earlier_program_is_renewed_too(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    folder = tasks.snapshot_folder()
    with monkeypatch.context() as earlier:
        earlier.setattr(snapshot, "FORMAT", snapshot.FORMAT - 1)
        take_snapshot(folder=folder)
    assert snapshot.current(folder) is None

    afterwards.changed(small.schools["kantelaar"].pk, 0)
    tasks.renew_snapshot.call()

    assert DBTaskResult.objects.filter(task_path=tasks.renew_snapshot.module_path).count() == 1
    made = snapshot.current(folder)
    assert made is not None
    assert len(made.schools) == len(small.schools)


def test_when_it_cannot_be_written_the_one_before_stays_and_it_is_tried_again(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    folder = tasks.snapshot_folder()
    take_snapshot(folder=folder)
    before = everything(folder)
    noor = small.pupils["noor"]
    with scope(schools=[noor.school_id]):
        noor.results.filter(subject="rekenen").update(score=99.0)
    in_the_way = folder / f"{snapshot.CURRENT}.new"
    in_the_way.mkdir()

    with pytest.raises(OSError, match=r"current\.new"):
        tasks.renew_snapshot.call()

    assert everything(folder) == before
    assert len(list(folder.glob("version-*"))) == 1
    again = DBTaskResult.objects.get(task_path=tasks.renew_snapshot.module_path)
    assert again.run_after > again.enqueued_at
    in_the_way.rmdir()
    tasks.renew_snapshot.call()
    assert everything(folder) != before


def on_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of schools are written to a device that is always full."""
    write = snapshot.write_school

    def written(folder: Path, pseudonyms: Pseudonyms, school: str, *given: Any) -> Any:
        (folder / "results" / f"{school}.parquet").symlink_to("/dev/full")
        return write(folder, pseudonyms, school, *given)

    monkeypatch.setattr(action, "write_school", written)


def worked() -> None:
    """The worker does what was asked for, also what waits for later."""
    DBTaskResult.objects.filter(task_path=tasks.renew_snapshot.module_path).update(run_after=F("enqueued_at"))
    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)


def on_the_start_page(who: User) -> str:
    client = Client()
    sign_in(client, who)
    return client.get("/").content.decode()


def test_a_full_disk_is_told_to_who_looks_after_the_installation_and_is_tried_again_until_there_is_room(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    folder, noor = tasks.snapshot_folder(), small.pupils["noor"]
    told = "De momentopname is niet bijgewerkt: de schijf is vol"
    take_snapshot(folder=folder)
    before = everything(folder)
    assert told not in on_the_start_page(small.users["administrator"])
    with scope(schools=[noor.school_id]):
        noor.results.filter(subject="rekenen").update(score=99.0)

    with monkeypatch.context() as full:
        on_a_full_disk(full)
        afterwards.changed(noor.school_id, 0)
        worked()

    assert everything(folder) == before
    asked = DBTaskResult.objects.filter(task_path=tasks.renew_snapshot.module_path)
    assert sorted(asked.values_list("status", flat=True)) == ["FAILED", "READY"]
    page = on_the_start_page(small.users["administrator"])
    assert told in page
    assert "Wie is verwijderd, kan er nog in staan." in page
    assert told not in on_the_start_page(small.users["teacher"])
    assert [(one.verdict, one.topic) for one in doctor.snapshot()] == [("wrong", "momentopname")]
    worked()
    assert everything(folder) != before
    assert told not in on_the_start_page(small.users["administrator"])
    assert not list(doctor.snapshot())


def test_it_is_tried_again_whatever_went_wrong(small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    take_snapshot(folder=tasks.snapshot_folder())
    noor = small.pupils["noor"]
    with scope(schools=[noor.school_id]):
        noor.results.filter(subject="rekenen").update(score=99.0)

    def killed(*given: Any) -> Any:
        raise BrokenProcessPool

    with monkeypatch.context() as broken:
        broken.setattr(action, "write_school", killed)
        afterwards.changed(noor.school_id, 0)
        worked()

    assert snapshot_trouble() == "other"
    worked()
    assert snapshot_trouble() is None


def test_a_snapshot_made_by_hand_or_removed_since_is_no_longer_told_as_out_of_date(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEERCIRKEL_DATA", str(tmp_path))
    folder, noor = tasks.snapshot_folder(), small.pupils["noor"]
    take_snapshot(folder=folder)
    with scope(schools=[noor.school_id]):
        noor.results.filter(subject="rekenen").update(score=99.0)
    with monkeypatch.context() as full:
        on_a_full_disk(full)
        afterwards.changed(noor.school_id, 0)
        worked()
    assert snapshot_trouble() == "no_room"
    a_while_ago = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.exclude(finished_at=None).update(finished_at=a_while_ago)

    take_snapshot(folder=folder)

    assert snapshot_trouble() is None
    DBTaskResult.objects.exclude(finished_at=None).update(finished_at=timezone.now() + timedelta(minutes=5))
    assert snapshot_trouble() == "no_room"
    snapshot.remove(folder)
    assert snapshot_trouble() is None


def test_the_command_says_that_the_disk_is_full(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_a_full_disk(monkeypatch)
    monkeypatch.setattr(command, "_taken", lambda folder, ours: take_snapshot(folder=folder))

    assert main(["snapshot", "--out", str(tmp_path / "s")]) == 1

    assert "De schijf is vol" in capsys.readouterr().err
    assert not list((tmp_path / "s").glob("version-*"))


def test_all_analyses_run_on_it(small: World, tmp_path: Path) -> None:
    take_snapshot(folder=tmp_path / "s")
    standards = tmp_path / "normen.toml"
    standards.write_text(small_results.STANDARDS, encoding="utf-8")

    at = tmp_path / "s" / snapshot.CURRENT
    assert main(["national", str(at), "--out", str(tmp_path / "out"), "--standards", str(standards)]) == 0

    overview = pl.read_parquet(tmp_path / "out" / "overview" / "*.parquet")
    assert small.schools["kantelaar"].brin + "00" in set(overview["school"])
