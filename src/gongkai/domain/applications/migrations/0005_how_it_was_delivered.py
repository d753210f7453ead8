"""How a letter reached somebody is data: the means and the number of the item of mail stand in the fact.

Adding a column makes SQLite build the table anew, without its trigger: it is put up again, with the new column.
"""

from importlib import import_module

from django.db import migrations, models

import gongkai.foundation.sealing.fields

before = import_module("gongkai.domain.applications.migrations.0002_facts_stay")
KEPT = (*before.KEPT, "means")
SQLITE = f"""CREATE TRIGGER applications_fact_guard BEFORE UPDATE ON applications_fact
    WHEN {" OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in KEPT)}
    BEGIN SELECT RAISE(ABORT, '{before.MESSAGE}'); END"""
CHANGED = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in KEPT)
POSTGRESQL = f"""CREATE OR REPLACE FUNCTION applications_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF {CHANGED} THEN
        RAISE EXCEPTION '{before.MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$"""


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS applications_fact_guard")
        schema_editor.execute(SQLITE)


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_sealed_notes")]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="means",
            field=models.CharField(
                blank=True,
                choices=[
                    ("online", "网上送达"),
                    ("post", "邮寄"),
                    ("in-person", "当面送达"),
                    ("email", "电子邮件"),
                    ("fax", "传真"),
                    ("inspect", "现场查阅、抄录"),
                ],
                default="",
                max_length=10,
                verbose_name="送达方式",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="fact",
            name="tracking",
            field=gongkai.foundation.sealing.fields.SealedCharField(
                blank=True, default="", max_length=40, verbose_name="邮件号"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
