"""The table of the trail and the triggers that keep it append-only."""

from django.db import migrations, models

SQLITE = [
    """CREATE TRIGGER trail_record_stays BEFORE UPDATE ON trail_record
       BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trail_record_remains BEFORE DELETE ON trail_record
       BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION trail_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    """CREATE TRIGGER trail_record_stays BEFORE UPDATE OR DELETE ON trail_record
       FOR EACH ROW EXECUTE FUNCTION trail_record_refuse()""",
    """CREATE TRIGGER trail_record_remains BEFORE TRUNCATE ON trail_record
       FOR EACH STATEMENT EXECUTE FUNCTION trail_record_refuse()""",
]

FIELDS = [
    ("number", models.BigIntegerField("序号", primary_key=True)),
    ("at", models.DateTimeField("时间", db_index=True)),
    ("event", models.CharField("事项", max_length=80, db_index=True)),
    ("actor", models.CharField("经办", max_length=80, db_index=True)),
    ("authority", models.CharField("依据岗位", max_length=80)),
    ("unit", models.BigIntegerField("单位", db_index=True, null=True)),
    ("subject", models.CharField("对象", max_length=160, db_index=True)),
    ("facts", models.TextField("要素")),
    ("before", models.CharField("原摘要", max_length=80)),
    ("after", models.CharField("新摘要", max_length=80)),
    ("reason", models.TextField("理由")),
    ("previous", models.CharField("上一条摘要", max_length=80)),
    ("digest", models.CharField("摘要", max_length=80, unique=True)),
]


def build(apps, schema_editor):
    schema_editor.create_model(apps.get_model("trail", "Record"))
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """No way back: taking the table away would erase the trail."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Record",
            fields=FIELDS,
            options={
                "verbose_name": "留痕",
                "verbose_name_plural": "留痕",
                "db_table": "trail_record",
                "ordering": ("-number",),
                "managed": False,
            },
        ),
        migrations.RunPython(build),
    ]
