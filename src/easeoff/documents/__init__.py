"""What to hand over: plan file, proposal as JSON, words for page and terminal, chart, printed schedule."""

from easeoff.documents.charts import plan_chart
from easeoff.documents.planfile import PLAN_FORMAT, read_plan, write_plan
from easeoff.documents.presenting import (
    NOT_YET,
    FindingBlock,
    IntakeRow,
    StepRow,
    about_sentences,
    chart_alternative,
    course_sentence,
    effect_text,
    finding_blocks,
    headline,
    intake_text,
    limits_sentence,
    method_sentence,
    portion_text,
    remedy_text,
    step_rows,
    worst_drop_sentence,
)
from easeoff.documents.proposalfile import PROPOSAL_FORMAT, proposal_json
from easeoff.documents.schedule import schedule_pdf
from easeoff.documents.scheduledata import override_sentence
from easeoff.documents.wording import drop_text

__all__ = [
    "NOT_YET",
    "PLAN_FORMAT",
    "PROPOSAL_FORMAT",
    "FindingBlock",
    "IntakeRow",
    "StepRow",
    "about_sentences",
    "chart_alternative",
    "course_sentence",
    "drop_text",
    "effect_text",
    "finding_blocks",
    "headline",
    "intake_text",
    "limits_sentence",
    "method_sentence",
    "override_sentence",
    "plan_chart",
    "portion_text",
    "proposal_json",
    "read_plan",
    "remedy_text",
    "schedule_pdf",
    "step_rows",
    "worst_drop_sentence",
    "write_plan",
]
