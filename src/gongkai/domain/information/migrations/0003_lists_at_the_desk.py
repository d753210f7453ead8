"""What lists at the desk look for, and the pattern of registration numbers."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("information", "0002_only_what_was_signed_is_public")]
    operations = [
        migrations.AddField(
            "indexrule",
            "registration",
            models.CharField(blank=True, default="", max_length=120, verbose_name="统一登记号规则"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "item",
            models.Index(
                condition=Q(("live", False)), fields=["status", "-id"], name="information_stages"
            ),
        ),
        migrations.AddIndex(
            "item",
            models.Index(fields=["-id", "organisation", "title"], name="information_titles"),
        ),
        migrations.AddIndex(
            "item", models.Index(fields=["topic", "-id"], name="information_topic")
        ),
        migrations.AddIndex(
            "item", models.Index(fields=["genre", "-id"], name="information_genre")
        ),
    ]
