"""The triggers that let nothing be public that was not signed exactly so, whoever writes to the tables.

An item is live only with a complete review of itself and of its digest; what is signed of a live item changes
only together with the digest, for which there must be a review again. A file stands at a live item only if it
was reviewed with it.
"""

from django.db import migrations

SIGNED = (
    "organisation_id",
    "title",
    "body",
    "summary",
    "document_number",
    "made_on",
    "publicity",
    "ground",
    "ground_note",
    "kind",
    "registration_number",
    "effective_on",
    "expires_on",
    "source",
    "editor",
)
UNREVIEWED = """NEW.live AND NOT EXISTS (SELECT 1 FROM review_review r WHERE r.id = NEW.review_id
    AND r.subject_type = 'information.item' AND r.subject_id = NEW.id
    AND r.digest = NEW.digest AND r.status = 'complete')"""
FOREIGN_FILE = """EXISTS (SELECT 1 FROM information_item i WHERE i.id = NEW.item_id AND i.live
    AND NOT EXISTS (SELECT 1 FROM review_reviewfile f
                    WHERE f.review_id = i.review_id AND f.digest = NEW.digest))"""
MESSAGE = "nothing is public that was not reviewed"


def guards(differs):
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in SIGNED)
    return (
        ("information_item", "reviewed_insert", "INSERT", UNREVIEWED),
        ("information_item", "reviewed_update", "UPDATE", UNREVIEWED),
        (
            "information_item",
            "unchanged",
            "UPDATE",
            f"NEW.live AND OLD.live AND NEW.digest = OLD.digest AND ({changed})",
        ),
        ("information_itemfile", "reviewed_insert", "INSERT", FOREIGN_FILE),
        ("information_itemfile", "reviewed_update", "UPDATE", FOREIGN_FILE),
    )


def sqlite():
    for table, name, act, refused in guards("IS NOT"):
        yield f"""CREATE TRIGGER {table}_{name} BEFORE {act} ON {table}
                  WHEN {refused} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def postgresql():
    for table, name, act, refused in guards("IS DISTINCT FROM"):
        yield f"""CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN
                    IF {refused} THEN
                      RAISE EXCEPTION '{MESSAGE}'
                        USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                  END $$"""
        yield f"""CREATE TRIGGER {table}_{name} BEFORE {act} ON {table}
                  FOR EACH ROW EXECUTE FUNCTION {table}_{name}()"""


def put_up(apps, schema_editor):
    for sql in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(sql)


def take_down(apps, schema_editor):
    for table, name, _, _ in guards("IS NOT"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_{name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_{name}")


class Migration(migrations.Migration):
    dependencies = [("information", "0001_initial"), ("review", "0002_what_was_signed_stays")]
    operations = [migrations.RunPython(put_up, take_down)]
