"""Notes are sealed: what applicants write to the office stands in them."""

from uuid import uuid4

from django.db import migrations, models

import gongkai.foundation.sealing.fields
from gongkai.foundation.sealing.values import seal


def seal_all(apps, schema_editor):
    """Seal what was written before."""
    model = apps.get_model("applications", "Note")
    for note in model.objects.filter(seal=None).iterator(chunk_size=500):
        note.seal = uuid4()
        note.text = str.__str__(seal(note.text, f"applications.note|text|{note.seal}"))
        note.save(update_fields=["seal", "text"])


class Migration(migrations.Migration):
    # PostgreSQL does not alter a table in the transaction that has changed its rows
    atomic = False
    dependencies = [("applications", "0003_wordings")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="seal",
            field=models.UUIDField(null=True, editable=False, verbose_name="封存标识"),
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="note",
            name="seal",
            field=models.UUIDField(
                default=uuid4, editable=False, unique=True, verbose_name="封存标识"
            ),
        ),
        migrations.AlterField(
            model_name="note",
            name="text",
            field=gongkai.foundation.sealing.fields.SealedTextField(verbose_name="内容"),
        ),
    ]
