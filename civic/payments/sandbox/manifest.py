"""What the sandbox brings to the house."""

from civic.core.manifest import Manifest
from civic.payments.sandbox import jobs, views, virtual_clock
from civic.payments.sandbox.access import is_sandbox_on

manifest = Manifest(
    name="sandbox",
    blueprints=[views.bp],
    setup=[virtual_clock.init_app],
    jobs=[jobs.deliver_events, jobs.forget_answers],
    periodic=[(jobs.deliver_events, "* * * * *"), (jobs.forget_answers, "50 3 * * *")],
    template_globals={"payments_sandbox": is_sandbox_on},
)
