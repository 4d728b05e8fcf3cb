"""What the sandbox brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, StaffTask
from civic.payments.sandbox import jobs, manage, views, virtual_clock
from civic.payments.sandbox.access import is_sandbox_on, may_play_the_world

manifest = Manifest(
    name="sandbox",
    blueprints=[views.bp, manage.bp],
    setup=[virtual_clock.init_app],
    jobs=[jobs.deliver_events, jobs.forget_answers],
    periodic=[(jobs.deliver_events, "* * * * *"), (jobs.forget_answers, "50 3 * * *")],
    staff_tasks=[StaffTask(_l("Sandbox"), "manage_sandbox.show_control", may_play_the_world)],
    template_globals={"payments_sandbox": is_sandbox_on},
)
