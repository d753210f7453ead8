"""Triggers that keep what was noted down as it was, whoever writes to the table.

They let the sealed words alone: sealing anew with another key, or forgetting them, changes nothing that happened.
"""

from django.db import migrations

MESSAGE = "a fact stays as it was noted down"
KEPT = (
    "id",
    "application_id",
    "act",
    "day",
    "about_id",
    "until",
    "working_days",
    "approved",
    "whom",
    "grounds",
    "unit_id",
    "party_id",
    "consents",
    "amount",
    "decision_id",
    "by_id",
    "at",
    "seal",
)
SQLITE = f"""CREATE TRIGGER applications_fact_guard BEFORE UPDATE ON applications_fact
    WHEN {" OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in KEPT)}
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
CHANGED = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in KEPT)
POSTGRESQL = (
    f"""CREATE FUNCTION applications_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {CHANGED} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER applications_fact_guard BEFORE UPDATE ON applications_fact
    FOR EACH ROW EXECUTE FUNCTION applications_fact_guard()""",
)


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sql in POSTGRESQL:
            schema_editor.execute(sql)
    else:
        schema_editor.execute(SQLITE)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION applications_fact_guard() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER applications_fact_guard")


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
