"""What fingerprints of findings are made with: in the database, not in the key of a server."""

from django.db import migrations, models

from gongkai.domain.information.screening.models import fresh_salt


def make(apps, schema_editor):
    """Make the one there is."""
    apps.get_model("screening", "Salt").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """A salt, made once."""

    dependencies = [("screening", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Salt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        default=fresh_salt, editable=False, max_length=64, verbose_name="值"
                    ),
                ),
            ],
            options={"verbose_name": "预检摘要的盐", "verbose_name_plural": "预检摘要的盐"},
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
