"""The day on which a state secret ceases to be one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("information", "0003_lists_at_the_desk")]
    operations = [
        migrations.AddField(
            "item",
            "declassify_on",
            models.DateField(blank=True, null=True, verbose_name="解密日期"),
        ),
        migrations.AddIndex(
            "item",
            models.Index(
                condition=Q(("status", "kept")),
                fields=["declassify_on"],
                name="information_declassify",
            ),
        ),
    ]
