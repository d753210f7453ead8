"""The triggers that keep a declaration as it was made."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER statistics_declaration_stays BEFORE UPDATE ON statistics_declaration
       BEGIN SELECT RAISE(ABORT, 'a declaration is superseded, never changed'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION statistics_declaration_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a declaration is superseded, never changed'
       USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER statistics_declaration_stays BEFORE UPDATE OR DELETE ON statistics_declaration
       FOR EACH ROW EXECUTE FUNCTION statistics_declaration_refuse()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER statistics_declaration_stays"],
    "postgresql": ["DROP FUNCTION statistics_declaration_refuse() CASCADE"],
}


def put_up(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def take_down(apps, schema_editor):
    for sql in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
