"""One index that figures read everything from instead of two that each helped with a half."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_how_it_was_delivered")]

    operations = [
        migrations.RemoveIndex(model_name="application", name="applications_new"),
        migrations.RemoveIndex(model_name="application", name="applications_done"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=[
                    "organisation",
                    "received",
                    "decided",
                    "kind",
                    "channel",
                    "outcome",
                    "extended",
                ],
                name="applications_counted",
            ),
        ),
    ]
