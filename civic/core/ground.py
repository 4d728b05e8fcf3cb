"""What the ground itself brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core import audit, file_views, files, health, jobs, mail, prose, states
from civic.core.manifest import Manifest, PersonalData

manifest = Manifest(
    name="core",
    blueprints=[health.bp, health.outbox_room, file_views.bp],
    setup=[jobs.bind],
    jobs=[mail.deliver, mail.forget],
    periodic=[(mail.forget, "15 3 * * *")],
    checks=[audit.broken_seals],
    template_globals={"file_url": files.file_url, "read_prose": prose.read_prose, "read_plain": prose.read_plain},
    personal_data=[
        PersonalData(
            mail.OutgoingMessage,
            "person_id",
            title=_l("Messages we sent you"),
            fields=_l("Your email address and the text of the message"),
            purpose=_l("To send you what you asked for and what you need to know"),
            basis=_l("Public task"),
            keep=_l("The text and the address are deleted 30 days after sending"),
        ),
        PersonalData(
            audit.AuditEntry,
            "actor_id",
            title=_l("Record of decisions"),
            fields=_l("The number of your account beside what was done"),
            purpose=_l("To be able to say who decided what, and to prove that nothing was changed afterwards"),
            basis=_l("Legal obligation"),
            keep=_l("Six years; it holds a number and no name"),
        ),
        PersonalData(
            states.StateChange,
            "actor_id",
            title=_l("History of surveys, organisations and reports"),
            fields=_l("The number of your account beside each step that you made"),
            purpose=_l("To show how something came to be where it is"),
            basis=_l("Public task"),
            keep=_l("As long as the thing itself; it holds a number and no name"),
        ),
    ],
)
