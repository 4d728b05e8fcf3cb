"""What is declared about the data: every table with somebody in it has a card, and the tables are what the models say."""

import re

import sqlalchemy as sa
from flask import Flask

from civic.core.db import Model, db

# Columns that hold a person's number without a foreign key, so that the record outlives the account.
BY_NAME = re.compile(r"^(user|person|actor|member|author|owner|respondent|holder|creator)_id$")


def people_in(table: sa.Table) -> set[str]:
    """The columns of a table that name a person."""
    keyed = {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "account_user.id"
    }
    return keyed | {column.name for column in table.columns if BY_NAME.match(column.name)}


def test_every_table_with_a_person_in_it_is_on_a_personal_data_card(app: Flask):
    cards = {card.model.__tablename__ for card in app.extensions["civic"].personal_data}
    without = {
        table.name: sorted(people_in(table))
        for table in Model.metadata.sorted_tables
        if people_in(table) and table.name not in cards
    }
    assert without == {}


def test_every_card_names_a_column_and_says_why_and_how_long(app: Flask):
    for card in app.extensions["civic"].personal_data:
        assert card.person in card.model.__table__.columns, card
        with app.test_request_context("/en/"):
            assert all(
                str(words).strip() for words in (card.title, card.fields, card.purpose, card.basis, card.keep)
            ), card


def test_every_table_has_a_primary_key_and_keeps_the_naming_pattern():
    for table in Model.metadata.sorted_tables:
        assert table.primary_key.columns, table.name
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", table.name), table.name


def test_every_foreign_key_can_be_followed_backwards_by_an_index(isolated: Flask):
    """Without one, erasing a person or a survey reads every row of the other table."""
    inspector = sa.inspect(db.session.connection())
    bare = []
    for table in Model.metadata.sorted_tables:
        indexed = [tuple(index["column_names"]) for index in inspector.get_indexes(table.name)]
        indexed += [tuple(unique["column_names"]) for unique in inspector.get_unique_constraints(table.name)]
        indexed.append(tuple(inspector.get_pk_constraint(table.name)["constrained_columns"]))
        for key in inspector.get_foreign_keys(table.name):
            columns = tuple(key["constrained_columns"])
            # A survey's people are found by the survey alone: the rest of the key says nothing new.
            narrow = columns[:1] if len(columns) > 1 else columns
            if not any(index[: len(narrow)] == narrow for index in indexed):
                bare.append(f"{table.name}({', '.join(columns)})")
    assert bare == []
