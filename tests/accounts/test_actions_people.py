"""What people tell and are given: profile, equality answers, roles, organisations; one behaviour a test."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa

from civic.accounts import access
from civic.accounts.actions import links, organisations, profile, roles, second_factor, sessions
from civic.accounts.models import (
    Consent,
    EmailLink,
    EqualityAnswer,
    Organisation,
    OrganisationMember,
    User,
    UserSession,
)
from civic.accounts.queries import organisations as organisation_queries
from civic.accounts.queries import people, sharing
from civic.core import audit
from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.errors import Conflict
from civic.core.states import history
from tests.accounts.helpers import count, token_in

# --- the profile and the equality answers -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["GLA Staff", "Сity Hall", "<script>", "", "\u202e"])
def test_a_misleading_name_is_refused_at_its_field(in_request, make, name):
    with pytest.raises(profile.BadName) as refused:
        profile.name(make.member(name=None), name)
    assert refused.value.field == "display_name"


def test_equality_answers_need_a_yes_first(make, now):
    with pytest.raises(profile.NoConsent):
        profile.answer_equality(make.member(), "sex", "female", now=now)


def test_equality_answers_are_kept_apart_changed_and_forgotten(make, now):
    user = make.member()
    profile.consent_to_equality(user, now=now)
    profile.consent_to_equality(user, now=now)
    profile.answer_equality(user, "ethnic_group", "white", now=now)
    profile.answer_equality(user, "ethnic_background", "other", own_words="Cornish", now=now)
    profile.answer_equality(user, "sex", "skip", own_words="not kept", now=now)
    told = {key: (row.answer, row.own_words) for key, row in sharing.equality_answers(user).items()}
    assert told == {"ethnic_group": ("white", ""), "ethnic_background": ("other", "Cornish"), "sex": ("skip", "")}
    profile.answer_equality(user, "ethnic_group", "asian", now=now)
    assert list(sharing.equality_answers(user)) == ["ethnic_group", "sex"]
    profile.forget_equality(user, now=now)
    assert count(EqualityAnswer) == 0
    assert count(Consent, Consent.withdrawn_at == now) == 1
    assert "ethnic" not in repr(User.__table__.columns.keys())


@pytest.mark.parametrize(
    ("question", "answer"),
    [("sex", "tall"), ("disability_impact", "lot"), ("ethnic_background", "irish"), ("shoe_size", "9")],
)
def test_only_offered_answers_to_asked_questions_are_kept(make, now, question, answer):
    user = make.member()
    profile.consent_to_equality(user, now=now)
    with pytest.raises(profile.BadAnswer):
        profile.answer_equality(user, question, answer, now=now)


# --- roles and suspensions --------------------------------------------------------------------------------------


def test_a_given_role_is_on_record_and_begins_with_a_new_sign_in(in_request, make, now):
    admin, user = make.administrator(), make.member()
    make.session(user)
    roles.grant(user, "moderator", by=admin, why="Joins the team.", now=now)
    assert user.roles == {"moderator"}
    assert people.sessions_of(user, now) == []
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.verb, entry.actor_id, entry.thing_id, entry.why) == (
        "role.granted",
        admin.id,
        str(user.id),
        "Joins the team.",
    )
    assert (entry.before, entry.after) == ({"roles": []}, {"roles": ["moderator"]})
    with pytest.raises(roles.RoleHeld):
        roles.grant(user, "moderator", by=admin, why="Again.", now=now)
    with pytest.raises(roles.NoSuchRole):
        roles.grant(user, "king", by=admin, why="Why not.", now=now)


def test_a_taken_role_ends_every_session_at_once(in_request, make, now):
    admin, user = make.administrator(), make.staff("moderator", "researcher")
    _, token = make.session(user)
    roles.revoke(user, "moderator", by=admin, why="Moved on.", now=now)
    assert people.signed_in(token, now) is None
    assert user.roles == {"researcher"}
    with pytest.raises(roles.RoleNotHeld):
        roles.revoke(user, "moderator", by=admin, why="Moved on.", now=now)
    assert list(audit.broken_seals()) == []


def test_nobody_changes_their_own_roles_or_suspends_themselves(in_request, make, now):
    admin = make.administrator()
    make.administrator()
    for act in (roles.grant, roles.revoke):
        with pytest.raises(roles.OwnAccount):
            act(admin, "administrator", by=admin, why="Me.", now=now)
    with pytest.raises(roles.OwnAccount):
        roles.suspend(admin, by=admin, why="Me.", now=now)


def test_the_last_administrator_stays(in_request, make, now):
    admin = make.administrator()
    with pytest.raises(roles.LastAdministrator):
        roles.revoke(admin, "administrator", by=None, why="By command.", now=now)
    with pytest.raises(roles.LastAdministrator):
        roles.suspend(admin, by=None, why="By command.", now=now)
    second = make.administrator()
    roles.suspend(second, by=admin, why="Away.", now=now)
    with pytest.raises(roles.LastAdministrator):
        roles.revoke(admin, "administrator", by=None, why="The other is suspended.", now=now)


def test_a_suspension_is_told_on_record_and_can_be_lifted(in_request, make, outbox, now):
    admin, user = make.administrator(), make.member()
    _, token = make.session(user)
    roles.suspend(user, by=admin, why="Threatened a neighbour.", now=now)
    assert people.signed_in(token, now) is None
    assert "Threatened a neighbour." in outbox()[-1].text
    roles.lift(user, by=admin, why="Appeal upheld.", now=now)
    assert sessions.start(user, device="", now=now)
    assert [move.verb for move in history(user)] == ["suspend", "lift"]
    assert [m.name for m in outbox()] == ["accounts/suspended", "accounts/suspension_lifted"]


# --- organisations ----------------------------------------------------------------------------------------------


def test_an_organisation_is_verified_with_evidence_and_its_owners_are_told(in_request, make, outbox, now):
    owner, officer = make.member(language="pl"), make.staff("funds_officer")
    organisation = make.organisation(owner=owner)
    organisations.submit(organisation, by=owner, now=now)
    organisations.decide(organisation, "verify", by=officer, why="Charity register, 23 November.", now=now)
    assert organisation.is_verified
    assert [(m.name, m.to_address, m.language) for m in outbox()] == [
        ("accounts/organisation_verified", owner.email, "pl")
    ]
    assert [(move.verb, move.why) for move in history(organisation)] == [
        ("submit", ""),
        ("verify", "Charity register, 23 November."),
    ]
    assert db.session.scalars(sa.select(AuditEntry.verb)).all() == ["organisation.verify"]


def test_a_returned_organisation_is_mended_and_sent_again(in_request, make, outbox, now):
    organisation, officer = make.organisation(), make.staff("funds_officer")
    by = db.session.scalars(sa.select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)).one()
    organisations.submit(organisation, by=by, now=now)
    organisations.decide(organisation, "return", by=officer, why="Which trustees?", now=now)
    assert "Which trustees?" in outbox()[-1].text
    organisations.describe(organisation, by=by, now=now, governance="Anna, Ben and Chidi.")
    organisations.submit(organisation, by=by, now=now)
    assert organisation.status == "submitted"


def test_what_is_being_looked_at_is_not_changed(in_request, make, now):
    owner = make.member()
    organisation = make.organisation(owner=owner, status="submitted")
    with pytest.raises(Conflict):
        organisations.describe(organisation, by=owner, now=now, name="Something else")


def test_a_changed_fact_ends_the_verification(in_request, make, now):
    owner = make.member()
    organisation = make.organisation(owner=owner, status="verified")
    organisations.describe(organisation, by=owner, now=now, name=organisation.name)
    assert organisation.is_verified
    organisations.describe(organisation, by=owner, now=now, name="Another name")
    assert organisation.status == "unverified"


def test_a_charity_needs_its_number_and_everybody_a_constitution(in_request, make, now):
    owner = make.member()
    with pytest.raises(organisations.NumberNeeded):
        organisations.submit(make.organisation(owner=owner, registration_number=""), by=owner, now=now)
    with pytest.raises(organisations.GovernanceNeeded):
        organisations.submit(make.organisation(owner=owner, governance=""), by=owner, now=now)
    club = make.organisation(owner=owner, kind="unincorporated_association", registration_number="")
    organisations.submit(club, by=owner, now=now)
    assert club.status == "submitted"


def test_an_invitation_is_for_its_address_and_works_once(in_request, make, outbox, now):
    owner, invited, other = make.member(), make.member(email="ben@example.org"), make.member()
    organisation = make.organisation(owner=owner)
    organisations.invite(organisation, email="ben@example.org", role="editor", by=owner, language="en", now=now)
    token = token_in(outbox()[-1])
    with pytest.raises(organisations.ForSomebodyElse):
        organisations.accept(token, by=other, now=now)
    organisations.accept(token, by=invited, now=now)
    assert organisation_queries.member_role(organisation, invited) == "editor"
    with pytest.raises(links.SpentLink):
        organisations.accept(token, by=invited, now=now)


def test_an_old_or_replaced_invitation_is_spent(in_request, make, outbox, now):
    owner, invited = make.member(), make.member(email="ben@example.org")
    organisation = make.organisation(owner=owner)
    for _ in range(2):
        organisations.invite(organisation, email="ben@example.org", role="owner", by=owner, language="en", now=now)
    with pytest.raises(links.SpentLink):
        organisations.accept(token_in(outbox()[0]), by=invited, now=now)
    with pytest.raises(links.SpentLink):
        organisations.accept(token_in(outbox()[1]), by=invited, now=now + timedelta(days=14))


def test_an_invitation_reads_the_same_whoever_is_behind_the_address(in_request, make, outbox, now):
    make.member(email="known@example.org")
    organisation, owner = make.organisation(), make.member()
    for email in ("known@example.org", "unknown@example.org"):
        organisations.invite(organisation, email=email, role="editor", by=owner, language="en", now=now)
    known, unknown = outbox()
    assert known.text.replace(token_in(known), "") == unknown.text.replace(token_in(unknown), "")


def test_an_organisation_is_never_without_an_owner(in_request, make, now):
    owner = make.member()
    organisation = make.organisation(owner=owner)
    mine = organisation_queries.members_of(organisation)[0]
    member = organisation_queries.member_by_id(organisation, mine.id)
    with pytest.raises(organisations.LastOwner):
        organisations.remove_member(member)
    with pytest.raises(organisations.LastOwner):
        organisations.change_member(member, role="editor")
    assert count(Organisation) == 1


def test_levels_follow_what_is_known(make):
    user = make.member(borough=None)
    assert access.level_of(None) == "nothing"
    assert access.level_of(user) == "email_confirmed"
    user.borough = "E09000012"
    assert access.level_of(user) == "borough_given"
    make.organisation(owner=user, status="verified")
    assert access.level_of(user) == "organisation_verified"


def test_what_has_ended_is_swept_away(in_request, make, now):
    user = make.member()
    sessions.send_sign_in_link(user.email, language="en", now=now)
    sessions.start(user, device="", now=now)
    links.sweep(now + timedelta(minutes=30))
    assert (count(EmailLink), count(UserSession)) == (1, 1)
    links.sweep(now + timedelta(days=40))
    assert (count(EmailLink), count(UserSession)) == (0, 0)


def test_the_secret_of_an_app_is_not_in_the_database(in_request, make, now):
    user = make.staff(second_step=False)
    factor = second_factor.begin(user, now=now)
    secret = second_factor.secret_of(factor)
    assert secret not in repr([getattr(factor, c.name) for c in type(factor).__table__.columns])
    assert pyotp.parse_uri(second_factor.address_of(factor, user)).secret == secret


def test_people_are_found_by_any_part_of_name_or_address_through_the_index(make):
    make.member(name="Chidi Okafor", email="chidi@example.org")
    make.member(name="Somebody 100")
    find = lambda words: [row.display_name for row in db.session.execute(people.people(words))]  # noqa: E731
    assert find("OKAF") == find("chidi@") == ["Chidi Okafor"]
    assert find("%") == find("_") == find("\\") == []
    db.session.execute(sa.text("SET LOCAL enable_seqscan = off"))
    query = people.people("okafor").compile(dialect=db.engine.dialect, compile_kwargs={"literal_binds": True})
    plan = "\n".join(db.session.scalars(sa.text("EXPLAIN " + str(query).replace(":", r"\:"))))
    assert "ix_account_user_search" in plan
