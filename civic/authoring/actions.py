"""What can be done: publish only what keeps nobody out, or say why it is published all the same."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from civic.authoring.models import AdviceOverride
from civic.authoring.queries import report
from civic.authoring.refusals import KeepsSomebodyOut
from civic.core import audit
from civic.core.db import db

SHORTEST_REASON = 10
LONGEST_REASON = 2000


def pass_gate(name: str, *, why: str, by: Any, now: datetime, but: Iterable[str] = ()) -> AdviceOverride | None:
    """Let a thing of staff ("consultation:3") be published: where remarks keep somebody out, only with a reason that is kept.

    Raises KeepsSomebodyOut. `but` names advisers whose remarks the caller asks about itself.
    """
    held = report(name, but=but).gates
    if not held:
        return None
    why = why.replace("\x00", "").strip()[:LONGEST_REASON]
    if len(why) < SHORTEST_REASON:
        raise KeepsSomebodyOut(held)
    remarks = [{"rule": each.rule, "field": each.field, "quoted": each.quoted} for each in held]
    override = AdviceOverride(thing=name, remarks=remarks, why=why, by_id=getattr(by, "id", None), at=now)
    db.session.add(override)
    db.session.flush()
    kind, _, number = name.partition(":")
    audit.record("advice.overridden", on=(kind, number), by=by, now=now, why=why, after={"remarks": remarks})
    return override
