"""What the ledger brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, PersonalData
from civic.ledger import models
from civic.ledger.checks import books_are_guarded, books_balance

manifest = Manifest(
    name="ledger",
    checks=[books_balance, books_are_guarded],
    personal_data=[
        PersonalData(
            models.LedgerTransaction,
            "actor_id",
            title=_l("The books"),
            fields=_l("The number of your account beside a movement of money that you booked as staff"),
            purpose=_l("To be able to say who moved money, and to prove that nothing was changed afterwards"),
            basis=_l("Legal obligation"),
            keep=_l("Six years; it holds a number and no name"),
        )
    ],
)
