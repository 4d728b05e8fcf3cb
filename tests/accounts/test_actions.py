"""Coming in: signing up and in, passwords and addresses, the second step; one behaviour a test."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts import passwords
from civic.accounts.actions import credentials, links, second_factor, sessions, sign_up
from civic.accounts.events import EmailConfirmed, SignedIn, SignedUp
from civic.accounts.models import (
    EmailLink,
    RecoveryCode,
    User,
)
from civic.accounts.queries import people
from civic.core import announcements
from civic.core.audit import AuditEntry
from civic.core.db import db
from tests.accounts.helpers import NEW, count, token_in
from tests.make_accounts import PASSWORD, code_of


@pytest.fixture
def heard(monkeypatch):
    """What was announced."""
    events = []
    for kind in (SignedUp, EmailConfirmed, SignedIn):
        monkeypatch.setitem(announcements._listeners, kind, [events.append])
    return events


# --- signing up -------------------------------------------------------------------------------------------------


def test_an_account_exists_once_its_address_is_confirmed(in_request, outbox, now, heard):
    sign_up.begin("anna@example.org", PASSWORD, language="pl", now=now)
    assert count(User) == 0
    assert (outbox()[0].name, outbox()[0].to_address, outbox()[0].language) == (
        "accounts/confirm_email",
        "anna@example.org",
        "pl",
    )
    user = sign_up.confirm(token_in(outbox()[0]), now=now)
    assert (user.email, user.language, user.email_confirmed_at) == ("anna@example.org", "pl", now)
    assert heard == [SignedUp(user.id), EmailConfirmed(user.id)]
    assert sessions.by_password("anna@example.org", PASSWORD) is user


def test_a_known_address_gets_another_message_and_stays_as_it_is(in_request, make, outbox, now):
    user = make.member(email="anna@example.org")
    before = user.password_hash
    sign_up.begin("anna@example.org", NEW, language="en", now=now)
    assert [message.name for message in outbox()] == ["accounts/already_member"]
    assert user.password_hash == before


def test_a_password_planted_by_a_stranger_dies_when_the_owner_confirms_their_own_link(in_request, outbox, now):
    sign_up.begin("anna@example.org", "stranger planted this one", language="en", now=now)
    sign_up.begin("anna@example.org", PASSWORD, language="en", now=now)
    user = sign_up.confirm(token_in(outbox()[1]), now=now)
    assert passwords.matches(user.password_hash, PASSWORD)
    with pytest.raises(sign_up.AlreadyConfirmed):
        sign_up.confirm(token_in(outbox()[0]), now=now)


@pytest.mark.parametrize("late", [timedelta(hours=24), timedelta(days=9)])
def test_a_link_ends_at_its_minute(in_request, outbox, now, late):
    sign_up.begin("anna@example.org", PASSWORD, language="en", now=now)
    with pytest.raises(links.SpentLink):
        sign_up.confirm(token_in(outbox()[0]), now=now + late)
    assert sign_up.confirm(token_in(outbox()[0]), now=now + timedelta(hours=23, minutes=59)).id


def test_a_link_is_for_one_use_and_one_purpose(in_request, make, outbox, now):
    user = make.member()
    sessions.send_sign_in_link(user.email, language="en", now=now)
    token = token_in(outbox()[0])
    for other in ("sign_up", "reset_password", "change_email"):
        with pytest.raises(links.SpentLink):
            links.use(other, token, now=now)
    assert sessions.by_link(token, now=now) is user
    with pytest.raises(links.SpentLink):
        sessions.by_link(token, now=now)


def test_no_token_stands_in_the_database(in_request, outbox, now):
    sign_up.begin("anna@example.org", PASSWORD, language="en", now=now)
    row = db.session.scalars(sa.select(EmailLink)).one()
    assert token_in(outbox()[0]) not in repr([getattr(row, c.name) for c in EmailLink.__table__.columns])


# --- signing in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody@example.org", PASSWORD), ("anna@example.org", NEW), (None, PASSWORD), ("anna@example.org", "")],
)
def test_every_wrong_sign_in_is_refused_alike(make, email, password):
    make.member(email="anna@example.org")
    with pytest.raises(sessions.WrongSignIn) as refused:
        sessions.by_password(email, password)
    assert refused.value.field is None


def test_an_account_without_a_password_is_not_open_to_any(make):
    user = make.member()
    user.password_hash = None
    with pytest.raises(sessions.WrongSignIn):
        sessions.by_password(user.email, "a password that nobody has")


def test_a_suspended_person_does_not_come_in(make, now):
    user = make.member()
    user.status = "suspended"
    with pytest.raises(sessions.Suspended):
        sessions.start(user, device="", now=now)


def test_a_session_is_found_by_its_token_in_one_statement(make, now):
    user = make.staff("moderator")
    token = sessions.start(user, device="Firefox/Linux", now=now)
    db.session.commit()
    db.session.expunge_all()
    from tests.support.sql import statements

    with statements() as counted:
        found = people.signed_in(token, now)
        assert (found.roles, found.session.device, found.preferences) == ({"moderator"}, "Firefox/Linux", {})
    counted.at_most(1)
    assert people.signed_in(token + "x", now) is None
    assert people.signed_in(token, now + timedelta(hours=12)) is None


def test_a_link_confirms_the_address_it_was_sent_to(in_request, make, outbox, now, heard):
    user = make.member()
    user.email_confirmed_at = None
    heard.clear()
    sessions.send_sign_in_link(user.email, language="en", now=now)
    sessions.by_link(token_in(outbox()[0]), now=now)
    assert user.email_confirmed_at == now
    assert heard == [EmailConfirmed(user.id)]


def test_somebody_without_an_account_is_told_so_by_mail_only(in_request, outbox, now):
    sessions.send_sign_in_link("nobody@example.org", language="ar", now=now)
    credentials.send_reset_link("nobody@example.org", language="ar", now=now)
    assert [(m.name, m.to_address, m.language) for m in outbox()] == [
        ("accounts/no_account", "nobody@example.org", "ar")
    ] * 2


# --- passwords and addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "short"),
        ("password1234", "weak"),
        ("qwertyuiop12", "weak"),
        ("aaaaaaaaaaaaaaaa", "weak"),
        ("anna@example.org", "weak"),
        ("x" * 201, "long"),
        ("", "short"),
        (PASSWORD, None),
        (NEW, None),
        ("парус над старой темзой", None),
    ],
)
def test_passwords_are_judged_by_how_hard_they_are_to_guess(password, why):
    assert passwords.problem(password, about=("anna@example.org",)) == why


def test_a_changed_password_signs_the_other_devices_out(in_request, make, outbox, now):
    user = make.member()
    user.session, _ = make.session(user)
    make.session(user)
    credentials.change_password(user, current=PASSWORD, new=NEW, now=now)
    assert people.sessions_of(user, now) == [user.session]
    assert sessions.by_password(user.email, NEW) is user
    assert outbox()[-1].name == "accounts/password_changed"


def test_a_password_is_changed_by_whoever_knows_it(in_request, make, now):
    user = make.member()
    with pytest.raises(credentials.WrongPassword):
        credentials.change_password(user, current="not it", new=NEW, now=now)


def test_a_reset_signs_everything_out_and_ends_every_other_link(in_request, make, outbox, now):
    user = make.member()
    make.session(user)
    sessions.send_sign_in_link(user.email, language="en", now=now)
    credentials.send_reset_link(user.email, language="en", now=now)
    credentials.reset_password(token_in(outbox()[1]), new=NEW, now=now)
    assert people.sessions_of(user, now) == []
    with pytest.raises(links.SpentLink):
        sessions.by_link(token_in(outbox()[0]), now=now)
    with pytest.raises(links.SpentLink):
        credentials.reset_password(token_in(outbox()[1]), new=PASSWORD, now=now)


def test_a_new_address_counts_when_confirmed_and_the_old_one_is_told(in_request, make, outbox, now):
    user = make.member(email="old@example.org")
    credentials.begin_email_change(user, new_email="new@example.org", password=PASSWORD, now=now)
    assert user.email == "old@example.org"
    credentials.confirm_email_change(token_in(outbox()[0]), now=now)
    assert user.email == "new@example.org"
    assert [(m.name, m.to_address) for m in outbox()] == [
        ("accounts/change_email", "new@example.org"),
        ("accounts/email_changed", "old@example.org"),
    ]


def test_a_taken_address_is_not_told_to_whoever_asks(in_request, make, outbox, now):
    make.member(email="taken@example.org")
    user = make.member()
    credentials.begin_email_change(user, new_email="taken@example.org", password=PASSWORD, now=now)
    assert [(m.name, m.to_address) for m in outbox()] == [("accounts/already_member", "taken@example.org")]


def test_an_address_taken_in_the_meantime_changes_nothing(in_request, make, outbox, now):
    user = make.member(email="old@example.org")
    credentials.begin_email_change(user, new_email="new@example.org", password=PASSWORD, now=now)
    make.member(email="new@example.org")
    with pytest.raises(credentials.AddressTaken):
        credentials.confirm_email_change(token_in(outbox()[0]), now=now)
    assert user.email == "old@example.org"


# --- the second step --------------------------------------------------------------------------------------------


def test_setting_up_gives_ten_codes_that_are_kept_as_hashes(in_request, make, now):
    user = make.staff(second_step=False)
    second_factor.begin(user, now=now)
    codes = second_factor.confirm(user, code=code_of(user, in_request, now), now=now)
    assert len(set(codes)) == 10
    stored = set(db.session.scalars(sa.select(RecoveryCode.code_hash)))
    assert len(stored) == 10
    assert not stored & set(codes)


def test_a_wrong_first_code_sets_nothing_up(in_request, make, now):
    user = make.staff(second_step=False)
    second_factor.begin(user, now=now)
    with pytest.raises(second_factor.WrongCode):
        second_factor.confirm(user, code="000000", now=now)
    assert people.second_factor_of(user).confirmed_at is None


def test_a_code_of_the_app_opens_once(in_request, make, now):
    user = make.staff()
    code = code_of(user, in_request, now)
    second_factor.check(user, code=code, now=now)
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(user, code=code, now=now + timedelta(seconds=10))
    later = now + timedelta(seconds=60)
    second_factor.check(user, code=code_of(user, in_request, later), now=later)


def test_a_code_may_be_typed_with_spaces(in_request, make, now):
    user = make.staff()
    code = code_of(user, in_request, now)
    second_factor.check(user, code=f" {code[:3]} {code[3:]} ", now=now)


def test_a_recovery_code_opens_once_and_is_told(in_request, make, outbox, now):
    user = make.staff()
    code = second_factor.new_recovery_codes(user)[0]
    second_factor.check(user, code=code.lower(), now=now)
    assert people.recovery_codes_left(user) == 9
    assert outbox()[-1].name == "accounts/recovery_code_used"
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(user, code=code, now=now)


def test_nobody_comes_in_with_another_persons_recovery_code(in_request, make, now):
    one, other = make.staff(), make.staff()
    code = second_factor.new_recovery_codes(one)[0]
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(other, code=code, now=now)


def test_a_removed_second_step_is_on_record_and_set_up_anew(in_request, make, now):
    user, admin = make.staff(), make.administrator()
    make.session(user)
    second_factor.remove(user, by=admin, why="Lost phone, spoke to her.", now=now)
    assert people.second_factor_of(user) is None
    assert people.sessions_of(user, now) == []
    assert second_factor.begin(user, now=now).confirmed_at is None
    assert db.session.scalars(sa.select(AuditEntry.verb)).all() == ["second_factor.removed"]
