"""Documents are listed and counted from an index alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("information", "0004_declassification")]
    operations = [
        migrations.RemoveIndex("item", "information_documents"),
        migrations.AddIndex(
            "item",
            models.Index(
                fields=[
                    "kind",
                    "organisation",
                    "published_on",
                    "made_on",
                    "effective_on",
                    "expires_on",
                    "repealed_on",
                    "withdrawn_at",
                    "expire_at",
                    "expired",
                    "live",
                    "status",
                    "digest",
                    "id",
                ],
                condition=~Q(kind=""),
                name="information_register",
            ),
        ),
    ]
