"""Who may do what: each rule asked about everybody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask_login import login_user

from civic.discussions import access
from civic.discussions.actions import comments, threads, topics
from civic.discussions.actions.showing import show_comment, show_thread


@pytest.fixture
def as_one(isolated, make):
    """Ask a rule as somebody: `as_one(person)(rule, thing)`; staff have passed the second factor."""

    def become(person):
        def ask(rule, *things):
            with isolated.test_request_context("/en/"):
                if person is not None:
                    login_user(person)
                    person.session = SimpleNamespace(second_factor_at=make.now if person.role_list else None)
                return rule(*things)

        return ask

    return become


def with_roles(make, *roles):
    from civic.core.db import db

    person = make.staff(*roles)
    db.session.expire(person)
    return person


def test_visitors_and_the_unconfirmed_and_nameless_read_and_do_not_write(as_one, make):
    thread = make.thread()
    comment = make.comment(thread)
    nameless = make.member(name=None)
    unconfirmed = make.member()
    unconfirmed.email_confirmed_at = None
    for person in (None, nameless, unconfirmed):
        ask = as_one(person)
        assert ask(access.may_see_thread, thread) and ask(access.may_see_comment, comment)
        for rule, thing in (
            (access.may_comment, thread),
            (access.may_support, comment),
            (access.may_open_thread, thread.topic),
            (access.may_change, comment),
            (access.may_withdraw, comment),
        ):
            assert not ask(rule, thing), rule.__name__


def test_members_write_and_mend_their_own_and_support_others(as_one, make):
    amina, ben = make.settled_member(), make.settled_member()
    thread = make.thread(by=amina)
    comment = make.comment(thread, by=amina, now=make.now + timedelta(hours=1))
    mine, other = as_one(amina), as_one(ben)
    assert mine(access.may_comment, thread) and other(access.may_comment, thread)
    assert mine(access.may_change, comment) and not other(access.may_change, comment)
    assert mine(access.may_withdraw, comment) and not other(access.may_withdraw, comment)
    assert mine(access.may_change_thread, thread) and not other(access.may_change_thread, thread)
    assert other(access.may_support, comment) and not mine(access.may_support, comment)
    assert mine(access.kinds_to_open, thread.topic) == ("discussion",)


def test_a_topic_may_be_for_staff_to_open_threads_in(as_one, make, now):
    topic, member, researcher = make.topic(members_open=False), make.settled_member(), with_roles(make, "researcher")
    assert as_one(member)(access.kinds_to_open, topic) == ()
    assert as_one(researcher)(access.kinds_to_open, topic) == ("discussion", "ideas", "question")
    topics.close_topic(topic, why="Over", by=researcher, now=now)
    assert as_one(researcher)(access.kinds_to_open, topic) == ()


def test_where_the_conversation_ended_nobody_writes_and_everybody_may_take_their_words_back(as_one, make, now):
    amina = make.settled_member()
    thread = make.thread()
    comment = make.comment(thread, by=amina)
    threads.lock_thread(thread, why="Answered", by=with_roles(make, "moderator"), now=now)
    ask = as_one(amina)
    assert not ask(access.may_comment, thread)
    assert ask(access.may_withdraw, comment)


@pytest.mark.parametrize("how", ["waiting", "removed"])
def test_what_is_out_of_sight_is_for_its_author_and_staff(as_one, make, how):
    amina = make.settled_member()
    thread = make.thread(by=amina)
    comment = make.comment(thread, by=amina, now=make.now + timedelta(hours=1))
    show_comment(comment.id, how, "spam" if how == "removed" else "")
    show_thread(thread.id, how, "spam" if how == "removed" else "")
    moderator = with_roles(make, "moderator")
    for person, may in ((None, False), (make.member(), False), (amina, True), (moderator, True)):
        assert as_one(person)(access.may_see_comment, comment) is may
        assert as_one(person)(access.may_see_thread, thread) is may
    assert not as_one(make.settled_member())(access.may_support, comment)


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        (access.may_manage_topics, {"researcher", "administrator"}),
        (access.may_keep_order, {"moderator", "administrator"}),
        (
            access.may_answer_officially,
            {"researcher", "funds_officer", "approver", "challenge_manager", "administrator"},
        ),
        (
            access.may_work_on_discussions,
            {"researcher", "moderator", "funds_officer", "approver", "challenge_manager", "administrator"},
        ),
    ],
)
def test_each_office_does_its_own(as_one, make, rule, roles):
    from civic.accounts.rules.choices import ROLES

    may = {role for role in ROLES if as_one(with_roles(make, role))(rule)}
    assert may == roles


def test_an_official_answer_is_not_withdrawn_by_who_gave_it(as_one, make, now):
    officer = with_roles(make, "researcher")
    thread = make.thread()
    answer = threads.answer_officially(
        thread, text="In May.", language="en", as_role="Head of Streets", by=officer, now=now
    )
    assert as_one(officer)(access.may_change, answer)
    assert not as_one(officer)(access.may_withdraw, answer)


def test_a_withdrawn_comment_is_changed_by_nobody(as_one, make, now):
    amina = make.settled_member()
    thread = make.thread()
    comment = make.comment(thread, by=amina)
    make.comment(thread, answers=comment)
    comments.withdraw(comment, by=amina, now=now)
    assert not as_one(amina)(access.may_change, comment)
