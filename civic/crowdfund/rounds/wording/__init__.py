"""The words for what rounds and applications keep as codes, in the reader's language."""

from civic.crowdfund.rounds.wording import dates, desk, eligibility, gaps, states, steps


class RoundWords:
    """Everything that pages say about rounds, under one name in templates (`round_words.applications[…]`)."""

    rounds, round_colours = states.ROUND_STATES, states.ROUND_COLOURS
    expressions, expression_colours = states.EXPRESSION_STATES, states.EXPRESSION_COLOURS
    applications, application_colours = states.APPLICATION_STATES, states.APPLICATION_COLOURS
    awards, public_awards, moves = states.AWARD_STATES, states.PUBLIC_AWARDS, states.MOVES
    stages, stage_tags = states.STAGES, states.STAGE_TAGS
    dates, date_labels, date_hints = dates.HAPPENS, dates.LABELS, dates.HINTS
    kinds, kind_hints, why = eligibility.KINDS, eligibility.KIND_HINTS, eligibility.WHY
    titles, step_states, step_colours = steps.TITLES, steps.STATES, steps.COLOURS
    tasks, who, task_dates, hidden = desk.TASKS, desk.WHO, desk.BY, desk.HIDDEN
    parts, round_steps = desk.PARTS, desk.STEPS
    gap = staticmethod(gaps.gap)
