"""What people see: signing up and in, their account, their organisations."""

from civic.core.web import room

bp = room("accounts", __name__)

from civic.accounts.views import (  # noqa: E402,F401 - the views register themselves on the blueprint
    account,
    credentials,
    equality,
    invitations,
    members,
    organisations,
    second_step,
    sign_in,
    sign_up,
)
