"""What exists: people, their sessions and second factors, what they tell about themselves, and their organisations."""

from civic.accounts.models.links import EmailLink
from civic.accounts.models.organisations import Organisation, OrganisationInvitation, OrganisationMember
from civic.accounts.models.people import RoleGrant, User
from civic.accounts.models.second_factor import RecoveryCode, SecondFactor
from civic.accounts.models.sessions import UserSession
from civic.accounts.models.sharing import Consent, EqualityAnswer

__all__ = [
    "Consent",
    "EmailLink",
    "EqualityAnswer",
    "Organisation",
    "OrganisationInvitation",
    "OrganisationMember",
    "RecoveryCode",
    "RoleGrant",
    "SecondFactor",
    "User",
    "UserSession",
]
