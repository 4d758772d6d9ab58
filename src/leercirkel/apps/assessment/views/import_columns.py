"""What the columns of an uploaded file mean, or the test codes in it: looked over, changed and remembered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.actions import wizard
from leercirkel.apps.assessment.actions.imports import ImportDecided
from leercirkel.apps.assessment.models import ImportBatch, UploadedFile
from leercirkel.apps.assessment.selectors.imports import imports_of, remembered_for
from leercirkel.apps.assessment.wizard import columns
from leercirkel.apps.assessment.wizard.reading import Upload, signature_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.core import subjects
from leercirkel.exchange import result_files
from leercirkel.exchange.tables.mapping import DATE_FORMATS, Mapping


@needs(Right.WRITE_RESULTS)
def import_columns(request: Request, pk: int, upload: int) -> HttpResponse:
    """The columns of a table with what they mean, or the test codes of a message."""
    batch = get_object_or_404(imports_of(request.sight), pk=pk)
    kept = get_object_or_404(batch.uploads.all(), pk=upload)
    if batch.state not in (ImportBatch.State.OPEN, ImportBatch.State.FAILED):
        return redirect("import", pk=pk)
    content = bytes(kept.content)
    if result_files.is_uwlr(content):
        return _codes(request, kept, content)
    given = result_files.read_mapping(kept.mapping.encode(), "")[0] if kept.mapping else None
    file = Upload(kept.name, content, given)
    shown, _told = columns.columns_of(file)
    if shown is not None and given is None:
        before = remembered_for(batch.school_id, shown.signature)
        made = result_files.read_mapping(before.encode(), "")[0] if before else None
        shown, _told = columns.columns_of(file, made if isinstance(made, Mapping) else None)
    if shown is None:
        messages.error(request, _("Dit bestand is geen tabel die kan worden gelezen."))
        return redirect("import", pk=pk)
    faults: list[str] = []
    if request.method == "POST":
        if "vergeten" in request.POST:
            return _kept(request, kept, shown.signature, "")
        shown = columns.chosen(shown, request.POST.dict())
        faults = columns.faults(shown)
        if not faults:
            return _kept(request, kept, shown.signature, columns.toml_of(shown))
    log.record(
        Kind.LIST_SEEN, by=request.user, school=kept.school_id, about=batch, count=columns.SAMPLES, purpose="import"
    )
    context = _context(kept) | {"columns": shown, "faults": faults, "meanings": columns.meanings()}
    return render(request, "assessment/import_columns.html", context)


def _codes(request: Request, kept: UploadedFile, content: bytes) -> HttpResponse:
    signature = signature_of("uwlr")
    before = kept.mapping or remembered_for(kept.school_id, signature)
    known = result_files.read_mapping(before.encode(), "")[0] if before else None
    file = Upload(kept.name, content, known)
    codes = columns.codes_of(file, columns.uwlr_problems(file))
    if request.method == "POST":
        toml = "" if "vergeten" in request.POST else columns.codes_toml(before, codes, request.POST.dict())
        return _kept(request, kept, signature, toml)
    context = _context(kept) | {"codes": codes, "own": bool(before), "nothing": columns.NOTHING}
    return render(request, "assessment/import_codes.html", context)


def _kept(request: Request, upload: UploadedFile, signature: str, mapping: str) -> HttpResponse:
    try:
        wizard.keep_mapping(upload=upload, signature=signature, mapping=mapping, by=request.user)
        messages.success(request, _("Onthouden, ook voor een volgend bestand van deze bron."))
    except ImportDecided:
        messages.error(request, _("Over dit inlezen is al beslist. Er is niets veranderd."))
    return redirect("import", pk=upload.batch_id)


def _context(upload: UploadedFile) -> dict[str, Any]:
    from leercirkel.apps.assessment.views.imports import crumbs

    here = (_("Dit inlezen"), reverse("import", args=[upload.batch_id]))
    return {
        "upload": upload,
        "crumbs": [*crumbs(), here],
        "subjects": subjects.LABELS.items(),
        "moments": [("B", _("begin")), ("M", _("midden")), ("E", _("eind"))],
        "date_formats": DATE_FORMATS,
    }
