"""The triggers that keep what was asked and what was signed as it was, whoever writes to the tables.

A review begins open, with as many steps as its chain has. It is complete only with one signature for each
step, all for the digest it was opened with, none by whoever opened it. After its end nothing of it changes.
"""

from django.db import migrations

REVIEW_OPENS = """NEW.status <> 'open' OR NEW.steps_needed <>
    (SELECT steps_count FROM review_chain WHERE id = NEW.chain_id)"""
REVIEW_MOVES = """(OLD.status <> 'open' AND NEW.status <> OLD.status)
    OR NEW.digest <> OLD.digest OR NEW.subject_type <> OLD.subject_type
    OR NEW.subject_id <> OLD.subject_id OR NEW.chain_id <> OLD.chain_id
    OR NEW.steps_needed <> OLD.steps_needed OR NEW.opened_by_id <> OLD.opened_by_id
    OR NEW.organisation_id <> OLD.organisation_id
    OR (NEW.status = 'complete' AND OLD.status <> 'complete' AND NEW.steps_needed <>
        (SELECT count(*) FROM review_signature
         WHERE review_id = NEW.id AND opinion = 'agreed' AND digest = NEW.digest))"""
SIGNATURE_FITS = """NOT EXISTS (SELECT 1 FROM review_review
    WHERE id = NEW.review_id AND status = 'open' AND digest = NEW.digest
      AND NEW.step BETWEEN 1 AND steps_needed AND opened_by_id <> NEW.by_id)"""
FILE_FITS = "NOT EXISTS (SELECT 1 FROM review_review WHERE id = NEW.review_id AND status = 'open')"
CHAIN_CHANGES = """NEW.steps_count <> OLD.steps_count OR NEW.importance <> OLD.importance
    OR NEW.organisation_id <> OLD.organisation_id OR NEW.workflow_id <> OLD.workflow_id"""

GUARDS = (
    ("review_review", "INSERT", REVIEW_OPENS),
    ("review_review", "UPDATE", REVIEW_MOVES),
    ("review_signature", "INSERT", SIGNATURE_FITS),
    ("review_signature", "UPDATE", "1 = 1"),
    ("review_reviewfile", "INSERT", FILE_FITS),
    ("review_reviewfile", "UPDATE", "1 = 1"),
    ("review_chain", "UPDATE", CHAIN_CHANGES),
)
MESSAGE = "a review stays as it was signed"


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
    dependencies = [("review", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
