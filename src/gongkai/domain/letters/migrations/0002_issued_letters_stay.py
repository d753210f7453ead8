"""Triggers that keep a letter that has gone out as it went out, whoever writes to the table.

Sealed columns may be sealed anew when keys rotate; the digest says what stood in them.
"""

from django.db import migrations

MESSAGE = "a letter stays as it was issued"
KEPT = ("application_id", "template", "title", "number", "digest", "issued")
CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in KEPT)
WHEN = f"OLD.issued IS NOT NULL AND (NEW.issued IS NULL OR {CHANGED})"
SQLITE = f"""CREATE TRIGGER letters_letter_guard BEFORE UPDATE ON applications_letter
    WHEN {WHEN} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
POSTGRESQL = (
    f"""CREATE FUNCTION letters_letter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE TRIGGER letters_letter_guard BEFORE UPDATE ON applications_letter
    FOR EACH ROW WHEN ({WHEN}) EXECUTE FUNCTION letters_letter_guard()""",
)


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for sql in POSTGRESQL:
            schema_editor.execute(sql)
    else:
        schema_editor.execute(SQLITE)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION letters_letter_guard() CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER letters_letter_guard")


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
