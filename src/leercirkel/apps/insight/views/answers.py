"""The six answers in words: what was computed, and what the school says itself beside it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions.answers import ChangedMeanwhile, write_answer
from leercirkel.apps.insight.models import AnswerText
from leercirkel.apps.insight.presenters import answers as shaped
from leercirkel.apps.insight.selectors import QuestionAnswer, Reach
from leercirkel.apps.insight.selectors.answers import sentences
from leercirkel.apps.insight.views.school_page import SchoolPage, open_page
from leercirkel.apps.insight.views.schools import SCHOOL_LEVEL


class AnswerForm(forms.Form):
    """The school's own text to one question. `na`: the version that was open."""

    tekst = forms.CharField(
        label=gettext_lazy("Eigen tekst"), required=False, max_length=4000,
        help_text=gettext_lazy("Zonder namen van kinderen. Leeg: dan staan er weer alleen de berekende zinnen."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    na = forms.IntegerField(widget=forms.HiddenInput, required=False)


@needs(Right.SEE_FIGURES)
def answers(request: Request, pk: int) -> HttpResponse:
    """Every question with its sentences, their evidence, and the school's own text."""
    page = open_page(request, pk, "insight-answers", only=SCHOOL_LEVEL)
    if isinstance(page, HttpResponse):
        return page
    own = selectors.own_texts(request.sight, page.school, page.context.report)
    found = selectors.questions_of(page.context.report, own)
    questions = shaped.questions(page.context, page.links, found)
    may_write = request.sight.may_at(Right.WRITE_ANALYSIS, page.school.pk)
    return page.show("insight/answers.html", questions=questions, may_write=may_write)


@needs(Right.WRITE_ANALYSIS)
def answer(request: Request, pk: int, question: str) -> HttpResponse:
    """Writes the school's own text to one question; all its versions, each of which can be put back."""
    code = question.replace("-", "_")
    page = open_page(request, pk, "insight-answers", only=(Reach.WHOLE,))
    if isinstance(page, HttpResponse):
        return page
    if code not in QUESTIONS or not request.sight.may_at(Right.WRITE_ANALYSIS, pk):
        raise Http404
    versions = selectors.versions_of(request.sight, page.school, page.context.report, code)
    found = next(each for each in _found(page) if each.question == code)
    newest = versions[0] if versions else None
    form = AnswerForm(
        request.POST or None, initial={"tekst": newest.text if newest else "", "na": newest.number if newest else 0}
    )
    if request.method == "POST":
        back = next((each for each in versions if str(each.number) == request.POST.get("terug")), None)
        if (back is not None or form.is_valid()) and _write(page, found, form, back):
            return redirect(page.links.page("insight-answers"))
    report = page.context.report
    context = {
        "question": shaped.question(page.context, page.links, found), "form": form, "versions": versions,
        "cancel": page.links.page("insight-answers"), "crumbs": [(_("Antwoorden"), page.links.page("insight-answers"))],
        "school": page.school, "round": page.context.texts.moment(report.school_year, report.moment),
    }  # fmt: skip
    return render(request, "insight/answer.html", context)


def _found(page: SchoolPage) -> tuple[QuestionAnswer, ...]:
    report = page.context.report
    return selectors.questions_of(report, selectors.own_texts(page.request.sight, page.school, report))


def _write(page: SchoolPage, found: QuestionAnswer, form: AnswerForm, back: AnswerText | None) -> bool:
    """Writes a version: what was typed, or an earlier one. False, with a fault in the form, when somebody was first."""
    report, language = page.context.report, page.context.texts.language
    typed = "" if back is not None else form.cleaned_data["tekst"]
    after = None if back is not None else form.cleaned_data["na"]
    try:
        write_answer(
            school=page.school, school_year=int(report.school_year[:4]), moment=report.moment,
            question=found.question, text=typed if back is None else back.text, language=language,
            computed="\n".join(sentences(found.computed, language)), by=page.request.user, after=after,
            put_back=back.number if back else None,
        )  # fmt: skip
    except ChangedMeanwhile:
        form.add_error("tekst", _("Iemand anders heeft dit intussen gewijzigd. Bekijk de nieuwste tekst hieronder."))
        return False
    written = typed if back is None else back.text
    messages.success(page.request, _("Opgeslagen.") if written else _("De berekende tekst staat er weer."))
    return True
