"""The list of topics, and a topic with its threads."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.core.pages import etag
from civic.core.subjects import named
from civic.discussions.forms.searching import SearchForm
from civic.discussions.models import Topic
from civic.discussions.queries import threads as queries
from civic.discussions.queries.threads import Wish
from civic.discussions.queries.topics import topic_by_slug, topics
from civic.discussions.rules.choices import THREAD_KINDS, THREAD_SORTS
from civic.discussions.translating import listed_threads, listed_topics, topic_sources
from civic.discussions.views import bp
from civic.translation.reading import lay

LATEST = 10


def moved(topic: Topic) -> ResponseReturnValue | None:
    """The way to where a topic stands now, for whoever came by an address that it had before."""
    if (request.view_args or {}).get("topic") == topic.slug:
        return None
    address = url_for(request.endpoint or "", topic=topic.slug)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{query}" if query else address, 302)


@bp.get("/discussions")
@allowed(anyone)
def list_topics() -> ResponseReturnValue:
    """Every topic, the threads in which something was said last, and a search."""
    found, latest = topics(), queries.threads(Wish(), size=LATEST).items
    etag("topics", found, latest, lay({**listed_topics(found), **listed_threads(latest)}))
    search = SearchForm(formdata=None)
    return render_template("discussions/list_topics.html", topics=found, threads=latest, search=search)


@bp.get("/discussions/<topic>")
@allowed(anyone, on=lambda topic: topic_by_slug(topic))
def show_topic(topic: Topic) -> ResponseReturnValue:
    """A topic's threads, of one kind where it is asked for, in one of four orders; an old address leads to the new one."""
    if elsewhere := moved(topic):
        return elsewhere
    kind = request.args.get("kind", "")
    kind = kind if kind in THREAD_KINDS else ""
    sort = request.args.get("sort", "")
    sort = sort if sort in THREAD_SORTS else THREAD_SORTS[0]
    page = queries.threads(Wish(topic.id, kind, sort), at=request.args.get("at"))
    name = named("topic", topic.id)
    said = lay({**listed_threads(page.items), name: topic_sources(topic)}, about=name)
    etag("topic", topic.id, topic.version, page.items, page.next, page.previous, said)

    here = url_for("discussions.show_topic", topic=topic.slug)

    def shown(**other: Any) -> str:
        """The same list, otherwise."""
        asked = {"kind": kind, "sort": sort if sort != THREAD_SORTS[0] else ""} | other
        told = "&".join(f"{name}={value}" for name, value in asked.items() if value)
        return f"{here}?{told}" if told else here

    return render_template("discussions/show_topic.html", topic=topic, page=page, kind=kind, sort=sort, shown=shown)
