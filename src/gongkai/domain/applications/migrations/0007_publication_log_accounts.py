"""Another code for a lost one, what was asked for published, a public log, accounts of the public."""

import django.db.models.deletion
import gongkai.foundation.clock
import gongkai.foundation.sealing.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_counted_from_an_index"),
        ("citizens", "0001_initial"),
        ("information", "0004_declassification"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="application",
            name="is_public",
        ),
        migrations.AlterField(
            model_name="application",
            name="account",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="citizens.citizen",
                verbose_name="申请人账号",
            ),
        ),
        migrations.CreateModel(
            name="CodeRenewal",
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
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="封存标识"
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("seen", "当面核对证件原件"),
                            ("copy", "核对寄来、传来的证件复印件"),
                            ("call", "拨打申请时留下的电话核对"),
                            ("agent", "核对委托书和代理人、申请人的证件"),
                        ],
                        max_length=8,
                        verbose_name="怎样核对的身份",
                    ),
                ),
                (
                    "checked",
                    gongkai.foundation.sealing.fields.SealedTextField(verbose_name="核对了什么"),
                ),
                ("sent", models.CharField(max_length=10, verbose_name="怎样交给申请人")),
                (
                    "at",
                    models.DateTimeField(
                        default=gongkai.foundation.clock.now, verbose_name="换发时间"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="code_renewals",
                        to="applications.application",
                        verbose_name="公开申请",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "换发查询码",
                "verbose_name_plural": "换发查询码",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="PublicLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_open", models.BooleanField(default=False, verbose_name="公布申请的办理情况")),
                (
                    "changed",
                    models.DateTimeField(
                        default=gongkai.foundation.clock.now, verbose_name="修改时间"
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_log",
                        to="organisations.organisation",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理情况的公布",
                "verbose_name_plural": "办理情况的公布",
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("summary", models.CharField(max_length=200, verbose_name="申请内容的概括")),
                ("received", models.DateField(verbose_name="收到日期")),
                ("decided", models.DateField(verbose_name="答复日期")),
                ("outcome", models.CharField(max_length=20, verbose_name="处理结果")),
                (
                    "days",
                    models.PositiveSmallIntegerField(null=True, verbose_name="用了几个工作日"),
                ),
                (
                    "listed_at",
                    models.DateTimeField(
                        default=gongkai.foundation.clock.now, verbose_name="列入时间"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_entry",
                        to="applications.application",
                        verbose_name="公开申请",
                    ),
                ),
                (
                    "listed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="列入的人",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="受理机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "公布的办理情况",
                "verbose_name_plural": "公布的办理情况",
                "ordering": ("-decided", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["organisation", "-decided", "-id"],
                        name="applications_log",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationProposal",
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
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="封存标识"
                    ),
                ),
                ("released", models.BooleanField(default=False, verbose_name="答复提供了信息")),
                (
                    "people",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="要过相同信息的申请人"
                    ),
                ),
                (
                    "suggested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="申请人建议的时间"),
                ),
                (
                    "suggestion",
                    gongkai.foundation.sealing.fields.SealedTextField(
                        blank=True, verbose_name="申请人的理由"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "待研究"),
                            ("accepted", "已采纳"),
                            ("declined", "不采纳"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "reason",
                    gongkai.foundation.sealing.fields.SealedTextField(
                        blank=True, verbose_name="不采纳的理由"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="决定的时间"),
                ),
                (
                    "created",
                    models.DateTimeField(
                        default=gongkai.foundation.clock.now,
                        editable=False,
                        verbose_name="提出时间",
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publication",
                        to="applications.application",
                        verbose_name="公开申请",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁决定的",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="information.item",
                        verbose_name="拟公开的信息",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="受理机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "转主动公开",
                "verbose_name_plural": "转主动公开",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(
                        fields=["organisation", "verdict", "-id"], name="applications_publication"
                    ),
                    models.Index(fields=["verdict", "-id"], name="applications_verdicts"),
                    models.Index(fields=["item"], name="applications_published"),
                ],
            },
        ),
    ]
