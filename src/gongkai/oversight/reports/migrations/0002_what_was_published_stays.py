"""The triggers that freeze a published report and keep every entry and edition as it was written.

Deleting needs no trigger: a cell is held by its entries, a report by its editions, by foreign keys.
"""

from django.db import migrations

FOREVER = ("reports_entry", "reports_edition", "reports_editionfile", "reports_correction")
FROZEN = ("reports_cell", "reports_chapter")
MESSAGE = "a published report is frozen"


def sqlite():
    for table in FOREVER:
        yield f"""CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
                  BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for table in FROZEN:
        for act, row in (("insert", "NEW"), ("update", "OLD"), ("update", "NEW")):
            yield f"""CREATE TRIGGER {table}_frozen_{act}_{row.lower()} BEFORE {act.upper()} ON {table}
                      WHEN EXISTS (SELECT 1 FROM reports_report
                                   WHERE id = {row}.report_id AND status = 'issued')
                      BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    yield f"""CREATE TRIGGER reports_report_frozen BEFORE UPDATE ON reports_report
              WHEN OLD.status = 'issued' AND
                   (NEW.status NOT IN ('issued', 'correcting') OR NEW.year <> OLD.year
                    OR NEW.form <> OLD.form OR NEW.organisation_id <> OLD.organisation_id)
              BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def postgresql():
    refuse = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
    yield f"""CREATE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN {refuse}; END $$"""
    yield f"""CREATE FUNCTION reports_refuse_if_issued() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF EXISTS (SELECT 1 FROM reports_report WHERE status = 'issued' AND id IN
                           (NEW.report_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.report_id END))
                THEN {refuse}; END IF;
                RETURN NEW;
              END $$"""
    yield f"""CREATE FUNCTION reports_refuse_unissue() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF OLD.status = 'issued' AND
                   (NEW.status NOT IN ('issued', 'correcting') OR NEW.year <> OLD.year
                    OR NEW.form <> OLD.form OR NEW.organisation_id <> OLD.organisation_id)
                THEN {refuse}; END IF;
                RETURN NEW;
              END $$"""
    for table in FOREVER:
        yield f"""CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
                  FOR EACH ROW EXECUTE FUNCTION reports_refuse()"""
    for table in FROZEN:
        yield f"""CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE ON {table}
                  FOR EACH ROW EXECUTE FUNCTION reports_refuse_if_issued()"""
    yield """CREATE TRIGGER reports_report_frozen BEFORE UPDATE ON reports_report
             FOR EACH ROW EXECUTE FUNCTION reports_refuse_unissue()"""


def put_up(apps, schema_editor):
    for sql in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(sql)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("refuse", "refuse_if_issued", "refuse_unissue"):
            schema_editor.execute(f"DROP FUNCTION reports_{name}() CASCADE")
        return
    names = [f"{table}_stays" for table in FOREVER] + ["reports_report_frozen"]
    names += [
        f"{table}_frozen_{what}"
        for table in FROZEN
        for what in ("insert_new", "update_old", "update_new")
    ]
    for name in names:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
