"""The fixed texts of the pages in English: titles, heads of tables, the key."""

from __future__ import annotations

LABELS: dict[str, str] = {
    # every page; {page} and {pages} are numbers
    "page": "page {page} of {pages}",
    # the first page; {links} are page numbers
    "report": "Results at a glance",
    "answers": "What do we see?",
    "no_answers": "There is too little in this round to say in a sentence yet. The figures are in the tables below.",
    "why": "How do we know?",
    "where": "(p.\u00a0{links})",
    "and": "and",
    "guide": "How to read a cell.",
    "guide_text": "Nine of the fourteen pupils reached the goal; eleven were needed. The dot is this time, the line is "
    "our standard. The bar shows where the result might also have come out with equally good teaching: when the line "
    "lies within the bar, the difference may be chance.",
    "contents": "In this report",
    # the overview
    "overview": "Overview of the groups",
    "overview_text": "Per group and test: how many pupils reached our goal, and how certain we are of the difference "
    "from our standard.",
    "group": "Group",
    "key_bold": "bold",
    "key_bold_text": "= goal reached · goal = pupils needed",
    # trends
    "trends": "Trends per subject",
    # groups
    "groups": "Per group",
    "groups_text": "Probably between: in pupils, from 20 pupils in percentages.",
    "head_test": "Subject and test",
    "head_goal": "Goal",
    "head_reached": "Reached",
    "head_our_goal": "Our goal",
    "head_between": "Probably between",
    "head_verdict": "Verdict",
    "head_mean": "Mean, levels",
    "difference": "Where does the difference come from?",
    "growth": "Growth and learning yield",
    "head_pupil": "Pupil",
    "subjects_differ": "Large difference between subjects",
    # advices, method tests and observations
    "advices": "Test advices of grade 8",
    "advices_text": "Number of pupils per advice of the doorstroomtoets. The advice of the school is not in the files "
    "of this report: the two are not compared here. Where the test advises higher, the school raises its advice, "
    "unless that is not in the interest of the pupil.",
    "advices_total": "With a test advice",
    "head_advice": "Test advice",
    "method_tests": "Method tests",
    "head_block": "Block",
    "head_date": "Date",
    "head_insufficient": "Insufficient",
    "head_sufficient": "Sufficient",
    "head_good": "Good",
    "observations": "Observations of the youngest pupils",
    "observations_text": "Number of pupils per stage, in the words of the list. Not observed is not a missed test.",
    "head_domain": "Domain",
    "head_observed": "Observed",
    "head_not_observed": "Not observed",
    # interventions and agreements
    "interventions": "What did our interventions bring?",
    "interventions_text": "Growth of those who took part, next to the growth we expected without the intervention of "
    "pupils who began at the same level. “May be chance” does not mean that an intervention does not work: with a few "
    "groups we see only large differences.",
    "head_intervention": "Intervention",
    "head_pupils": "Pupils",
    "head_given": "Carried out",
    "head_measured": "Measured",
    "head_growth": "Growth",
    "head_expected": "Expected",
    "head_difference": "Difference, probably between",
    "agreements": "What did we agree earlier?",
    "head_after": "After the round",
    "head_agreement": "Agreement",
    "head_about": "Subject or group",
    "head_done": "Done",
    # how it was made
    "method": "How this was calculated",
    "standards": "Our standards",
    "head_subject": "Subject",
    "head_instrument": "Test",
    "head_moment": "Moment",
    "head_whom": "For whom",
    "head_standard": "Standard",
    "files": "Files used",
    # only on the HTML page; {links} are names of places
    "skip": "Skip to the content",
    "made_with": "made with Leercirkel",
    "see": "See {links}.",
    "to_overview": "overview",
    "to_interventions": "interventions",
    "table": "Table",
    "chart": "Chart",
    "caption_interventions": "Interventions and what they brought",
    "caption_agreements": "Earlier agreements",
    "caption_standards": "Our standards as they were applied",
    "long_word": "Probably",
    "long_word_broken": "Probably",
}
