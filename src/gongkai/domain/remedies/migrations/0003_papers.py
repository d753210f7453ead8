"""Remedies have papers; what claimants and rulings say is sealed like all words of people."""

from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.foundation.clock
import gongkai.foundation.sealing.fields
from gongkai.foundation.sealing.values import seal


def seal_all(apps, schema_editor):
    """Seal what was written before."""
    model = apps.get_model("remedies", "Remedy")
    for remedy in model.objects.exclude(claims="", result="").iterator(chunk_size=500):
        for name in ("claims", "result"):
            if plain := getattr(remedy, name):
                sealed = seal(plain, f"remedies.remedy|{name}|{remedy.seal}")
                setattr(remedy, name, str.__str__(sealed))
        remedy.save(update_fields=["claims", "result"])


class Migration(migrations.Migration):
    # PostgreSQL does not alter a table in the transaction that has changed its rows
    atomic = False
    dependencies = [
        ("remedies", "0002_reminded"),
        ("sealing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(seal_all, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="remedy",
            name="claims",
            field=gongkai.foundation.sealing.fields.SealedTextField(
                blank=True, verbose_name="请求和理由"
            ),
        ),
        migrations.AlterField(
            model_name="remedy",
            name="result",
            field=gongkai.foundation.sealing.fields.SealedTextField(
                blank=True, verbose_name="结果说明"
            ),
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "seal",
                    models.UUIDField(
                        default=uuid4, editable=False, unique=True, verbose_name="封存标识"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "受理、应诉通知"),
                            ("claim", "申请书、起诉状副本"),
                            ("defence", "答复书、答辩状"),
                            ("evidence", "证据和依据"),
                            ("result", "决定书、裁判文书"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                (
                    "title",
                    gongkai.foundation.sealing.fields.SealedCharField(
                        max_length=200, verbose_name="名称"
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(
                        default=gongkai.foundation.clock.now, verbose_name="放入时间"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="放入的人",
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="remedies.remedy",
                        verbose_name="复议、诉讼或者举报投诉",
                    ),
                ),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sealing.sealedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "复议、诉讼的材料",
                "verbose_name_plural": "复议、诉讼的材料",
                "ordering": ("pk",),
                "indexes": [],
            },
        ),
    ]
