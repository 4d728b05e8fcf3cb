"""What accounts brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts import access, commands, entrance, jobs, manage, models, views, wording
from civic.accounts.queries.organisations import waiting_for_verification
from civic.core.manifest import Manifest, PersonalData, StaffTask

RUNNING = _l("Contract: to run the account you asked for")
TASK = _l("Public task")

manifest = Manifest(
    name="accounts",
    blueprints=[views.bp, manage.bp],
    setup=[entrance.init_app],
    jobs=[jobs.sweep],
    periodic=[(jobs.sweep, "40 3 * * *")],
    commands=[commands.create_user, commands.grant_role, commands.revoke_role],
    constraints={
        "uq_account_user_display_name_folded": ("display_name", wording.NAME_TAKEN),
        "uq_account_user_email": ("email", _l("This email address cannot be used. Nothing was changed.")),
        "uq_role_grant_user_id_role": ("role", _l("This person has that role already.")),
        "uq_organisation_registration": (
            "why",
            _l(
                "Another verified organisation of this kind has the same registration number. Look at both before you decide."
            ),
        ),
        "uq_organisation_member_organisation_id_user_id": (
            "email",
            _l("This person acts for the organisation already."),
        ),
        "uq_organisation_invitation_organisation_id_email": (
            "email",
            _l("An invitation to this address was sent a moment ago."),
        ),
        "uq_consent_standing": ("answer", _l("Your answer was saved a moment ago.")),
        "uq_equality_answer_user_id_question": ("answer", _l("Your answer was saved a moment ago.")),
        "pk_second_factor": ("code", _l("The set-up was begun a moment ago. Load the page again.")),
    },
    messages=[
        f"accounts/{name}"
        for name in (
            "confirm_email",
            "already_member",
            "sign_in_link",
            "no_account",
            "reset_password",
            "password_changed",
            "change_email",
            "email_changed",
            "recovery_code_used",
            "suspended",
            "suspension_lifted",
            "invitation",
            "organisation_verified",
            "organisation_returned",
        )
    ],
    staff_tasks=[
        StaffTask(
            _l("Organisations to verify"),
            "people.list_organisations",
            access.may_verify_organisations,
            waiting_for_verification,
        ),
        StaffTask(_l("People and roles"), "people.list_people", access.may_see_people),
    ],
    template_globals={"organisation_words": wording.OrganisationWords, "device_words": wording.device_words},
    personal_data=[
        PersonalData(
            models.User,
            "id",
            title=_l("Your account"),
            fields=_l(
                "Email address, password (as a hash), display name, language, how pages are shown to you; and, where you told "
                "us, borough, connection to London, month and year of birth, your home and your work"
            ),
            purpose=_l(
                "To let you take part, to count each person once, and to see which Londoners we have not heard from"
            ),
            basis=RUNNING,
            keep=_l("Until you delete your account"),
        ),
        PersonalData(
            models.UserSession,
            "user_id",
            title=_l("Devices you are signed in on"),
            fields=_l("Kind of browser and system, and the hours of sign-in and last use"),
            purpose=_l("To keep you signed in, and to let you sign a lost device out"),
            basis=RUNNING,
            keep=_l("Until you sign out, at most 30 days"),
        ),
        PersonalData(
            models.EmailLink,
            "user_id",
            title=_l("Links we sent to you"),
            fields=_l("Your email address and what the link is for"),
            purpose=_l("To make sure that an address is yours"),
            basis=RUNNING,
            keep=_l("A week after the link stops working"),
        ),
        PersonalData(
            models.SecondFactor,
            "user_id",
            title=_l("Second step of staff"),
            fields=_l("What an authenticator app needs, and when it was last used"),
            purpose=_l("To protect accounts that can do a lot"),
            basis=TASK,
            keep=_l("While the person is on the staff"),
        ),
        PersonalData(
            models.RecoveryCode,
            "user_id",
            title=_l("Recovery codes of staff"),
            fields=_l("Codes, as hashes, and when they were used"),
            purpose=_l("To get in without the app"),
            basis=TASK,
            keep=_l("While the person is on the staff"),
        ),
        PersonalData(
            models.RoleGrant,
            "user_id",
            title=_l("Staff roles"),
            fields=_l("Role, since when, given by whom and why"),
            purpose=_l("To allow each member of staff what they need and no more"),
            basis=TASK,
            keep=_l("While the role is held"),
        ),
        PersonalData(
            models.Consent,
            "user_id",
            title=_l("What you agreed to"),
            fields=_l("Purpose, version of the text, when given and when taken back"),
            purpose=_l("To be able to show that you agreed"),
            basis=_l("Legal obligation"),
            keep=_l("Until you delete your account"),
        ),
        PersonalData(
            models.EqualityAnswer,
            "user_id",
            title=_l("Your equality answers"),
            fields=_l(
                "Your answers about health, ethnic group, marital status, religion, sex, gender identity and sexual orientation"
            ),
            purpose=_l(
                "To see, in totals only, whether we hear from all kinds of Londoners (Equality Act 2010, section 149)"
            ),
            basis=_l("Your explicit consent; kept apart from your account"),
            keep=_l("Until you delete them or your account"),
        ),
        PersonalData(
            models.OrganisationMember,
            "user_id",
            title=_l("Organisations you act for"),
            fields=_l("Organisation, role, since when"),
            purpose=_l("To know who may act for an organisation"),
            basis=RUNNING,
            keep=_l("Until you leave it"),
        ),
        PersonalData(
            models.OrganisationInvitation,
            "invited_by_id",
            title=_l("Invitations to organisations"),
            fields=_l("Email address invited, by whom, and when"),
            purpose=_l("To let owners bring in colleagues"),
            basis=RUNNING,
            keep=_l("Until accepted, at most three weeks"),
        ),
    ],
)
