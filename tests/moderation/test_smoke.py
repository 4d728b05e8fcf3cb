from civic.core.db import db
from civic.moderation.models import Case


def test_it(make, client):
    author = make.resident(name="Joe Author")
    thing = make.remark(author)
    r = make.report(thing, words="bad words", rule="other")
    mod, mod2 = make.staff("moderator", name="Ann First"), make.staff("moderator", name="Bea Second")
    me = make.resident()
    make.sign_in(client, me)
    client.get(f"/en/reports/{thing}/new")
    assert client.post(f"/en/reports/{thing}", {"rule": "abuse", "words": ""}).status == 303
    assert client.get("/en/account/moderation").status == 200
    make.sign_in(client, mod)
    assert client.get("/en/staff/moderation").status == 200
    p = client.get(f"/en/staff/moderation/cases/{r.case_id}")
    assert p.status == 200
    p = client.submit("Decide", {"verb": "remove", "rule": "abuse", "words": "It insults."})
    assert p.status == 303, p.text
    c = db.session.get(Case, r.case_id)
    db.session.refresh(c)
    assert c.status == "removed"
    make.sign_in(client, author)
    assert client.get("/en/account/moderation").status == 200
    client.get(f"/en/account/moderation/{c.id}")
    p = client.submit("Send my appeal", {"words": "It does not."})
    assert p.status == 303
    make.sign_in(client, mod)
    assert "Somebody else has to decide" in client.get(f"/en/staff/moderation/cases/{c.id}").text
    make.sign_in(client, mod2)
    client.get("/en/staff/moderation?show=appeals")
    client.get(f"/en/staff/moderation/cases/{c.id}")
    p = client.submit("Answer the appeal", {"verb": "restore", "words": "You are right."})
    assert p.status == 303
    db.session.refresh(c)
    assert c.status == "restored"
    client.get(f"/en/staff/moderation/people/{author.id}")
    client.get("/en/staff/moderation/election-periods")
    client.get("/en/moderation-report")
    client.get("/en/staff")
