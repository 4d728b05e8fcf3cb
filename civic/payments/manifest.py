"""What payments brings to the house."""

from flask import Flask, Response
from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, PersonalData, StaffTask
from civic.core.security import CONTENT_SECURITY_POLICY
from civic.payments import inbox, jobs, manage, reconciliation, views
from civic.payments.access import may_keep_books
from civic.payments.checks import money_is_whole
from civic.payments.commands import payments_work
from civic.payments.engine import copying, onboarding, paying
from civic.payments.models import CardSetup, Discrepancy, PaymentMethod, Refund, Transfer
from civic.payments.queries.desk import all_that_waits
from civic.payments.views.webhooks import hooks

# A form of ours may end on these pages of Stripe's: browsers ask that each place a form leads to be named.
STRIPES_PAGES = "https://checkout.stripe.com https://connect.stripe.com https://hooks.stripe.com https://pay.stripe.com"


def let_forms_lead_to_stripe(app: Flask) -> None:
    """Where Stripe is in use, forms may lead to its pages; scripts, frames and pictures of it stay outside."""
    if app.config["PAYMENTS_PROVIDER"] != "stripe":
        return
    policy = CONTENT_SECURITY_POLICY.replace("form-action 'self'", f"form-action 'self' {STRIPES_PAGES}")

    @app.after_request
    def allow(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


manifest = Manifest(
    name="payments",
    blueprints=[views.bp, manage.desk, hooks],
    setup=[let_forms_lead_to_stripe],
    commands=[payments_work],
    jobs=[
        jobs.run_charges,
        jobs.give_charges_up,
        jobs.look_at_charge,
        jobs.let_cards_go,
        jobs.look_after_setups,
        inbox.handle_event,
        inbox.sweep_events,
        inbox.poll_events,
        paying.pay_back,
        paying.pay_out,
        paying.call_money_back,
        copying.copy_balance,
        onboarding.look_after_payees,
        reconciliation.reconcile,
    ],
    checks=[money_is_whole],
    periodic=[
        (jobs.run_charges, "* * * * *"),
        (jobs.look_after_setups, "*/10 * * * *"),
        (inbox.sweep_events, "*/2 * * * *"),
        (inbox.poll_events, "17 * * * *"),
        (paying.pay_back, "*/5 * * * *"),
        (paying.pay_out, "*/5 * * * *"),
        (paying.call_money_back, "*/5 * * * *"),
        (copying.copy_balance, "*/30 * * * *"),
        (onboarding.look_after_payees, "37 * * * *"),
        (reconciliation.reconcile, "10 2 * * *"),
    ],
    staff_tasks=[StaffTask(_l("Money"), "money_desk.show_overview", may_keep_books, all_that_waits)],
    personal_data=[
        PersonalData(
            PaymentMethod,
            person="person_id",
            title=_l("Cards you saved for a pledge"),
            fields=_l(
                "Kind and last four digits of the card, when it expires, its country, and our payment partner’s name for it; "
                "the card number never reaches us"
            ),
            purpose=_l("To take what you pledged, once, if a campaign reaches its target"),
            basis=_l("Contract"),
            keep=_l(
                "Let go at our payment partner when no pledge needs it; our record stays for six years after a payment"
            ),
        ),
        PersonalData(
            CardSetup,
            person="person_id",
            title=_l("Your visits to our payment partner’s card page"),
            fields=_l(
                "What the card was for, the most that may be taken, the sentence you agreed to, and what came of it"
            ),
            purpose=_l("To prove what you agreed to"),
            basis=_l("Contract"),
            keep=_l("Six years after the campaign ended; without your name once your account is deleted"),
        ),
        PersonalData(
            Refund,
            person="requested_by_id",
            title=_l("Refunds you asked for as a member of staff"),
            fields=_l("Which payment, how much, why and when"),
            purpose=_l("So that two people stand behind every refund"),
            basis=_l("Public task"),
            keep=_l("Six years, as the accounts are kept"),
        ),
        PersonalData(
            Refund,
            person="approved_by_id",
            title=_l("Refunds you approved as a member of staff"),
            fields=_l("Which payment, how much, why and when"),
            purpose=_l("So that two people stand behind every refund"),
            basis=_l("Public task"),
            keep=_l("Six years, as the accounts are kept"),
        ),
        PersonalData(
            Transfer,
            person="requested_by_id",
            title=_l("Payments to organisations that you asked for as a member of staff"),
            fields=_l("To whom, how much and when"),
            purpose=_l("So that two people stand behind every payment"),
            basis=_l("Public task"),
            keep=_l("Six years, as the accounts are kept"),
        ),
        PersonalData(
            Transfer,
            person="released_by_id",
            title=_l("Payments to organisations that you released as a member of staff"),
            fields=_l("To whom, how much and when"),
            purpose=_l("So that two people stand behind every payment"),
            basis=_l("Public task"),
            keep=_l("Six years, as the accounts are kept"),
        ),
        PersonalData(
            Discrepancy,
            person="resolved_by_id",
            title=_l("Differences in the accounts that you settled as a member of staff"),
            fields=_l("Which difference, your note and when"),
            purpose=_l("So that the accounts can be explained"),
            basis=_l("Public task"),
            keep=_l("Six years, as the accounts are kept"),
        ),
    ],
)
