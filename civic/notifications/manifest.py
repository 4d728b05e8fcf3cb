"""What notifications bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.events import EmailConfirmed
from civic.core.manifest import Manifest, PersonalData
from civic.notifications import actions, commands, jobs, models, views

TASK = _l("Public task")
WISHES = _l("To write to you as you wish, and not otherwise")
ACCOUNT = _l("Until you delete your account")

manifest = Manifest(
    name="notifications",
    blueprints=[views.bp, views.hooks],
    listeners={EmailConfirmed: [lambda event: actions.confirm_address(event.user_id)]},
    jobs=[jobs.write_letters, jobs.write_weekly_letters, jobs.forget],
    periodic=[
        (jobs.write_letters, "* * * * *"),
        (jobs.write_weekly_letters, "*/5 * * * *"),
        (jobs.forget, "50 3 * * *"),
    ],
    commands=[commands.bounce],
    messages=[f"notifications/{name}" for name in ("news", "owed", "weekly", "confirm_address")],
    template_globals={"news_standing": views.news.standing},
    personal_data=[
        PersonalData(
            models.Notification,
            "person_id",
            title=_l("What you were told"),
            fields=_l(
                "Which news of something that you follow or took part in, when, and whether it was sent and read"
            ),
            purpose=_l("To keep the promise that whoever takes part hears what came of it"),
            basis=TASK,
            keep=_l("One year"),
        ),
        PersonalData(
            models.NotificationChoice,
            "person_id",
            title=_l("How you wish to hear of each kind of news"),
            fields=_l("At once, once a week or never, for each kind where you chose"),
            purpose=WISHES,
            basis=TASK,
            keep=ACCOUNT,
        ),
        PersonalData(
            models.NotificationSetting,
            "person_id",
            title=_l("What you chose for all emails with news"),
            fields=_l("Only what you took part in, no weekly letter, none at all"),
            purpose=WISHES,
            basis=TASK,
            keep=ACCOUNT,
        ),
        PersonalData(
            models.NotificationSilence,
            "person_id",
            title=_l("What you want to hear nothing of"),
            fields=_l("The things that you silenced, and since when"),
            purpose=WISHES,
            basis=TASK,
            keep=_l("Until you undo it or delete your account"),
        ),
        PersonalData(
            models.MailBounce,
            "person_id",
            title=_l("An email address that takes no letters"),
            fields=_l("Your email address, and when a letter to it came back"),
            purpose=_l("Not to write where nobody is, and to tell you why you hear nothing"),
            basis=TASK,
            keep=_l("Until you confirm the address or delete your account"),
        ),
    ],
)
