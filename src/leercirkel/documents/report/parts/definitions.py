"""What the words in the report mean and by which formulas its figures are made."""

from __future__ import annotations

from leercirkel.core.quantiles import normal_quantile
from leercirkel.documents.report.context import Context, View


def topic(told: tuple[str, tuple[str, ...]]) -> View:
    """A title with its paragraphs; line ends in the text are spaces."""
    title, text = told
    return {"title": title, "text": [" ".join(paragraph.split()) for paragraph in text]}


def topics(context: Context) -> list[View]:
    """The definitions, with the thresholds of this report's policy."""
    m, texts = context.report.method, context.texts
    sure, z = texts.percentage(m.confidence), texts.number(normal_quantile(m.confidence), 3)
    board = context.report.audience == "board"
    told = [
        texts.goal_topic(),
        texts.interval_topic(sure, z),
        texts.verdict_topic(),
        texts.small_topic(m.no_verdict_below, m.no_number_below, board=board),
        texts.trend_topic(m.no_verdict_below),
        texts.age_topic(m.dl_convention, m.didactic_ages_estimated),
        texts.growth_topic(),
    ]
    if context.report.growth_percentiles:
        told.append(texts.growth_percentile_topic())
    return [topic(each) for each in told]


def effect_topic(context: Context) -> list[View]:
    """How the effect of an intervention was measured; nothing without interventions."""
    return [topic(context.texts.effect_topic())] if context.report.interventions else []
