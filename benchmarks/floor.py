"""The floor: the least Flask can do for a text, one select, and a page of 28 KB made from one select."""

import os

from flask import Flask, Response, jsonify
from sqlalchemy import create_engine, text

# Twenty blocks of the size and make of a question with five answers, about 28 KB in all.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><main><h1>{{ title }}</h1>
{% for row in rows %}
<div class="group" id="at-{{ row.id }}"><fieldset class="fieldset" aria-describedby="hint-{{ row.id }}">
<legend class="fieldset__legend fieldset__legend--m"><h2 class="fieldset__heading">{{ row.words }}</h2></legend>
<div class="hint" id="hint-{{ row.id }}">{{ row.hint }}</div>
<div class="radios" data-module="radios">
{% for option in options %}
<div class="radios__item">
<input class="radios__input" id="question-{{ row.id }}-{{ loop.index }}" name="question-{{ row.id }}" type="radio" value="{{ option }}">
<label class="label radios__label" for="question-{{ row.id }}-{{ loop.index }}">{{ option }}</label></div>
{% endfor %}
</div></fieldset></div>
{% endfor %}
</main></body></html>"""
OPTIONS = ("Very satisfied", "Satisfied", "Neither", "Dissatisfied", "Very dissatisfied")
TABLE = (
    "drop table if exists floor",
    "create table floor (id bigint primary key, words text not null, hint text not null)",
    "insert into floor select n, 'How satisfied are you with service number ' || n || '?', "
    "'Think of the last 12 months, and of the place where you live or work.' from generate_series(1, 20) n",
)


def create_app() -> Flask:
    """The floor as an application."""
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"], connect_args={"prepare_threshold": None})
    template = app.jinja_env.from_string(PAGE)  # compiled once, as templates in files are; escaped by hand as those are
    one, twenty = (
        text("select id, words, hint from floor where id = :id"),
        text("select id, words, hint from floor order by id"),
    )

    @app.get("/text")
    def bare() -> str:
        return "ok"

    @app.get("/select")
    def select() -> Response:
        with engine.connect() as connection:
            row = connection.execute(one, {"id": 7}).one()
        return jsonify(id=row.id, words=row.words, hint=row.hint)

    @app.get("/page")
    def page() -> str:
        with engine.connect() as connection:
            rows = connection.execute(twenty).all()
        return template.render(title="A page of twenty questions", rows=rows, options=OPTIONS)

    return app
