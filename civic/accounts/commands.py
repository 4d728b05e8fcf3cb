"""The commands that make the first people: `flask civic create-user`, `grant-role`."""

import sys

import click

from civic.accounts import passwords, wording
from civic.accounts.actions import profile, roles
from civic.accounts.actions.sign_up import create_user as create
from civic.accounts.models import User
from civic.accounts.queries import people
from civic.accounts.rules.choices import ROLES
from civic.accounts.rules.emails import normalised
from civic.core import audit, clock
from civic.core.db import transaction
from civic.core.errors import CivicError


@click.command("create-user")
@click.argument("email")
@click.option("--name", required=True, help="The display name.")
@click.option("--role", "given", multiple=True, type=click.Choice(ROLES), help="A staff role; may be repeated.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
@click.option(
    "--why", default="Created from the command line.", show_default=True, help="The reason, for the audit log."
)
def create_user(email: str, name: str, given: tuple[str, ...], password_stdin: bool, why: str) -> None:
    """Make a confirmed account for EMAIL, with roles if you like; staff set up their second step at the first sign-in."""
    address = _address(email)
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    if found := passwords.problem(password, about=(address, name)):
        raise click.ClickException(str(wording.PASSWORD_PROBLEMS[found]))
    if people.user_by_email(address):
        raise click.ClickException(f"{address} has an account already.")
    now = clock.now()
    with _told(), transaction():
        user = create(address, password_hash=passwords.hashed(password), now=now)
        audit.record("account.created", on=user, by=None, now=now, why=why)
        for role in given:
            roles.grant(user, role, by=None, why=why, now=now)
        profile.name(user, name)
    click.echo(f"{address} can sign in." + (" The second step is set up at the first sign-in." if given else ""))


@click.command("grant-role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--why", required=True, help="The reason, for the audit log.")
def grant_role(email: str, role: str, why: str) -> None:
    """Give the account of EMAIL the staff role ROLE."""
    user = _person(email)
    with _told(), transaction():
        roles.grant(user, role, by=None, why=why, now=clock.now())
    click.echo(f"{user.email} is now {role}.")


@click.command("revoke-role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--why", required=True, help="The reason, for the audit log.")
def revoke_role(email: str, role: str, why: str) -> None:
    """Take the staff role ROLE from the account of EMAIL, and sign it out everywhere."""
    user = _person(email)
    with _told(), transaction():
        roles.revoke(user, role, by=None, why=why, now=clock.now())
    click.echo(f"{user.email} is no longer {role}.")


class _told:  # noqa: N801 - reads as a word
    """Turn an expected refusal into the command's error line."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, CivicError):
            raise click.ClickException(str(error.sentence)) from error


def _address(email: str) -> str:
    address = normalised(email)
    if address is None:
        raise click.ClickException(f"{email} is not an email address.")
    return address


def _person(email: str) -> User:
    user = people.user_by_email(_address(email))
    if user is None:
        raise click.ClickException(f"There is no account for {email}.")
    return user
