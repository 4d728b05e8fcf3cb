"""What several tests about accounts do: sign up, sign in, read a link, act at once."""

import threading

import sqlalchemy as sa

from civic.core.db import db
from tests.make_accounts import PASSWORD

NEW = "heron-beside-brockley-cutting"


def token_in(message):
    """The token of the link in a message."""
    found = (part.rsplit("/", 1)[1] for part in message.text.split() if part.startswith("http"))
    return next(part for part in found if len(part) > 30)


def count(model, *where):
    """How many rows there are."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where))


def sign_up(client, email="anna@example.org", password=PASSWORD, **options):
    """Fill in the form for a new account."""
    client.get("/en/sign-up", **options)
    return client.submit("Create my account", email=email, password=password)


def sign_in(client, email, password=PASSWORD, path="/en/sign-in"):
    """Fill in the form to sign in."""
    client.get(path)
    return client.submit("Sign in", email=email, password=password)


def at_once(number, act):
    """Run `act(i)` in that many threads at the same moment; what each returned."""
    results, ready = [None] * number, threading.Barrier(number)

    def run(i):
        ready.wait()
        results[i] = act(i)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
