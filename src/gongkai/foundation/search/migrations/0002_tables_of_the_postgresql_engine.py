"""Tables of the engine in PostgreSQL. They can be thrown away: ``gongkai manage search_index`` fills them."""

from django.db import migrations

TABLES = """
CREATE TABLE search_document (
    name varchar(120) PRIMARY KEY,
    kind varchar(20) NOT NULL,
    shown jsonb NOT NULL,
    organisation bigint,
    issuer text,
    path varchar(255) NOT NULL DEFAULT '',
    col text NOT NULL DEFAULT '',
    topic text,
    genre text,
    year integer,
    validity text,
    day date,
    codes text[] NOT NULL,
    words tsvector NOT NULL,
    characters tsvector NOT NULL,
    sounds tsvector NOT NULL,
    generation bigint NOT NULL
);
CREATE INDEX search_document_words ON search_document USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_document_characters ON search_document USING gin (characters) WITH (fastupdate = off);
CREATE INDEX search_document_sounds ON search_document USING gin (sounds) WITH (fastupdate = off);
CREATE INDEX search_document_codes ON search_document USING gin (codes);
CREATE INDEX search_document_day ON search_document (day DESC NULLS LAST);
CREATE INDEX search_document_path ON search_document (path varchar_pattern_ops);
CREATE TABLE search_beginning (name varchar(120) NOT NULL, start varchar(80) NOT NULL);
CREATE INDEX search_beginning_start ON search_beginning (start varchar_pattern_ops);
CREATE INDEX search_beginning_name ON search_beginning (name);
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TABLES)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_beginning; DROP TABLE search_document;")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
