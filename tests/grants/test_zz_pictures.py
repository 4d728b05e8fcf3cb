import os
from datetime import timedelta
import pytest
from werkzeug.datastructures import FileStorage
from types import SimpleNamespace as NS
from civic.core.db import db
from civic.core.i18n import Words
from civic.grants.actions import instalments, papers, reports, repayments, awards as aw, agreements, decisions
from civic.grants.queries import awards as q
from civic.grants.rules.amounts import Amounts
from tests.support.browser import Person, chromium, served
from tests.support.people import sign_in_browser
from tests.crowdfund.pictures import pdf

ONLY = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else None

def test_pictures(shared, make, things, monkeypatch):
    from civic.assessment import queries as assessment
    monkeypatch.setattr(assessment, "result_of", lambda subject: NS(bps=7240, is_agreed=True, criteria=[NS(title=Words("Local support", "en"), weight=30, value=4, scale=5), NS(title=Words("Deliverability", "en"), weight=40, value=3, scale=5)]))
    monkeypatch.setattr("civic.core.clock._ahead", lambda: timedelta(0))
    people = make.money_people
    fund = make.fund(title="Crowdfund London", slug="crowdfund-london")
    pot = make.pot(fund, title="Round 4: food and high streets", owner="thing:4001")
    make.pot(fund, title="Match funding for green roofs", amounts=Amounts.of(20_000_00, 0), owner="thing:4003")
    score = [{"title": "Local support", "language": "en", "weight": 30, "value": 4, "scale": 5}, {"title": "Deliverability", "language": "en", "weight": 40, "value": "3.50", "scale": 5}]
    made = {}
    def award(status, **f):
        a = make.award(status, pot=pot, **f)
        made[f.get("title", status)] = a
        return a
    a = award("agreed", title="Peckham Coal Line: a park above the platforms", organisation=make.organisation(name="Friends of the Peckham Coal Line and Neighbours of Rye Lane, Charitable Incorporated Organisation", status="verified"))
    make.pay(a)
    two = q.instalments_of(a.id)[1]
    papers.add(a, two, FileStorage(pdf(), "Invoice of the builder, March (final version).pdf"), title="Invoice of the builder", language="en", by=make.recipient_of(a), now=make.now)
    instalments.claim(two, words="The steps are built and the neighbours use them.\nThe invoice shows what they cost.", language="en", by=make.recipient_of(a), now=make.now)
    r = q.reports_of(a.id)[0]
    b = award("due", title="The Community Kitchen")
    offered = make.offer(b)
    c = award("completed", title="Twist on Station Road", place="E09000022")
    c.scores = score
    c.note = "Amount and decision: [DD1399](https://www.london.gov.uk/decisions/dd1399). The conditions are an example."
    award("announced", title="Good Food Matters", needs_target=True, expires_at=make.now + timedelta(days=40))
    award("released", title="A bridge for dinosaurs")
    s = award("stopped", title="Silk Mill gallery")
    award("approved", title="Library of Things")
    award("approved", title="Crystal Palace Transmissions")
    award("agreed", title="Lamp posts for Walworth", person=make.member(name="Ada Secret"))
    open_ = make.decision(pot=pot, title="Our Fairy Tale Garden", views=["supports", "supports_if"], expires_at=make.now + timedelta(days=60))
    open_2 = make.decision(pot=pot, title="A clock for Mare Street", views=["supports"])
    open3 = make.decision(pot=pot, title="Bee lines", views=[])
    rep = repayments.ask(s, kind="underspend", amounts=Amounts.of(100_00, 0), why="The frames were lent.", language="en", by=people.officer, now=make.now)
    two2 = make.award("agreed", pot=pot, title="Ready to pay")
    three = q.instalments_of(two2.id)[0]
    instalments.instruct(three, by=people.officer, now=make.now)
    owner = make.recipient_of(b)
    db.session.commit()
    pid = a.public_id
    O, AP, F, AD, C = people.officer, people.approver, people.finance, people.administrator, people.consultee
    G = "/staff/grants"
    shots = [
        ("overview", O, G), ("overview-approver", AP, G), ("fund", O, f"{G}/funds/{fund.slug}"), ("entries", O, f"{G}/funds/{fund.slug}/entries/reserved"),
        ("edit-fund", O, f"{G}/funds/{fund.slug}/edit"), ("new-budget", O, f"{G}/funds/{fund.slug}/budget/new"), ("pot", O, f"{G}/pots/{pot.id}"),
        ("decisions", AP, f"{G}/decisions?show=open"), ("decision-approver", AP, f"{G}/decisions/{open_.id}"), ("decision-consultee", C, f"{G}/decisions/{open3.id}"),
        ("decision-officer", O, f"{G}/decisions/{open_.id}"), ("sheet", O, f"{G}/decisions/{db.session.query(decisions.Decision).filter_by(award_id=a.id).first().id}/sheet"),
        ("choose", AP, f"{G}/pots/{pot.id}/decisions"), ("check", AP, f"{G}/pots/{pot.id}/decisions/summary?chosen={open_.id}&chosen={open_2.id}"),
        ("announce", O, f"{G}/pots/{pot.id}/announcement"), ("announce-check", O, f"{G}/pots/{pot.id}/announcement/summary?chosen={made['Library of Things'].id}&chosen={made['Crystal Palace Transmissions'].id}"),
        ("award", O, f"{G}/awards/{pid}"), ("award-due", O, f"{G}/awards/{b.public_id}"), ("change", O, f"{G}/awards/{pid}/change"), ("plan", O, f"{G}/awards/{b.public_id}/instalments"),
        ("schedule", O, f"{G}/awards/{b.public_id}/reports"), ("instalment", O, f"{G}/awards/{pid}/instalments/{two.id}"), ("report", O, f"{G}/awards/{pid}/reports/{r.id}"),
        ("agreement-edit", O, f"{G}/awards/{made['stopped'].public_id if False else b.public_id}/agreement"), ("agreement", AP, f"{G}/awards/{b.public_id}/agreements/1"),
        ("outcome", O, f"{G}/awards/{pid}/outcome"), ("repay-new", O, f"{G}/awards/{pid}/repayments/new"), ("repayment", AP, f"{G}/repayments/{rep.id}"),
        ("payments", F, f"{G}/payments"), ("payment", F, f"{G}/payments/{three.id}"), ("authority", AD, f"{G}/authority"), ("grade", AD, f"{G}/authority/grades/{people.grades['director'].id}"),
        ("work", O, f"{G}/work/claims"),
        ("r-list", make.recipient_of(a), "/awards"), ("r-desk", make.recipient_of(a), f"/awards/{pid}/desk"), ("r-desk-due", owner, f"/awards/{b.public_id}/desk"),
        ("r-agreement", owner, f"/awards/{b.public_id}/agreements/1"), ("r-instalment", make.recipient_of(two2), f"/awards/{two2.public_id}/instalments/{q.instalments_of(two2.id)[1].id}"),
        ("r-report", make.recipient_of(a), f"/awards/{pid}/reports/{r.id}"), ("r-refusal", owner, f"/awards/{b.public_id}/refusal"),
        ("p-funds", None, "/funds"), ("p-fund", None, f"/funds/{fund.slug}"), ("p-award", None, f"/awards/{c.public_id}"), ("p-award-person", None, f"/awards/{made['Lamp posts for Walworth'].public_id}"),
        ("p-released", None, f"/awards/{made['A bridge for dinosaurs'].public_id}"), ("p-data", None, f"/funds/{fund.slug}/awards/data"),
        ("p-sheet", None, f"/awards/{c.public_id}/decisions/{db.session.query(decisions.Decision).filter_by(award_id=c.id).first().id}"),
    ]
    with chromium() as browser, served(shared) as address:
        for name, who, path in shots:
            if ONLY and name not in ONLY: continue
            person = Person(browser, address)
            if who is not None:
                sign_in_browser(person, shared, make, who)
            for lang, width in (("en", 1280), ("en", 320), ("ar", 1280)):
                if os.environ.get("WIDTHS") and f"{lang}{width}" not in os.environ["WIDTHS"].split(","): continue
                person.page.set_viewport_size({"width": width, "height": 900})
                try:
                    person.page.goto(f"/{lang}{path}")
                    over = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    if over > 0: print("OVERFLOW", name, lang, width, over)
                    if lang == "en" and width == 1280:
                        person.answer and person.answer.status != 200 and print("STATUS", name, person.answer.status)
                        person.expected = person.answer.status if person.answer else 200
                        for fault in person.faults(): print("FAULT", name, str(fault)[:400])
                    person.page.screenshot(path=f"/tmp/pics/{name}-{lang}-{width}.png", full_page=True)
                except Exception as e:
                    print("ERROR", name, lang, width, str(e)[:500])
            person.close()
