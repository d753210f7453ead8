"""Triggers that keep the marks and digests of what went out as they were, whoever writes to the tables.

Sealed columns are left out, so that keys can be rotated; rows may be deleted when a case is erased.
"""

from django.db import migrations

RELEASED = "(SELECT stage FROM redaction_redaction WHERE id = {row}.redaction_id) = 'released'"
MARK_CHANGES = """OLD.page <> NEW.page OR OLD.ground <> NEW.ground OR OLD.state <> NEW.state
    OR OLD.redaction_id <> NEW.redaction_id OR OLD.rule <> NEW.rule
    OR CAST(OLD.boxes AS text) <> CAST(NEW.boxes AS text)
    OR COALESCE(OLD.start, -1) <> COALESCE(NEW.start, -1)
    OR COALESCE(OLD."end", -1) <> COALESCE(NEW."end", -1)"""
OUTPUT_CHANGES = """OLD.stage = 'released' AND (NEW.stage <> 'released'
    OR COALESCE(NEW.output_id, -1) <> COALESCE(OLD.output_id, -1)
    OR NEW.output_digest <> OLD.output_digest OR NEW.source_digest <> OLD.source_digest
    OR NEW.marks_digest <> OLD.marks_digest OR NEW.source_id <> OLD.source_id)"""

GUARDS = (
    ("redaction_redactionmark", "INSERT", RELEASED.format(row="NEW")),
    ("redaction_redactionmark", "UPDATE", f"{RELEASED.format(row='NEW')} AND ({MARK_CHANGES})"),
    ("redaction_redaction", "UPDATE", OUTPUT_CHANGES),
)
MESSAGE = "what went out stays as it was"


def sqlite():
    for table, act, refused in GUARDS:
        yield f"""CREATE TRIGGER {table}_guard_{act.lower()} BEFORE {act} ON {table}
                  WHEN {refused} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def postgresql():
    for table, act, refused in GUARDS:
        name = f"{table}_guard_{act.lower()}"
        yield f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN
                    IF {refused} THEN
                      RAISE EXCEPTION '{MESSAGE}'
                        USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                  END $$"""
        yield f"""CREATE TRIGGER {name} BEFORE {act} ON {table}
                  FOR EACH ROW EXECUTE FUNCTION {name}()"""


def put_up(apps, schema_editor):
    for sql in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(sql)


def take_down(apps, schema_editor):
    for table, act, _ in GUARDS:
        name = f"{table}_guard_{act.lower()}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("redaction", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
