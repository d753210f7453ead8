"""A piece of work and how far it is."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from gongkai.foundation import clock
from gongkai.foundation.jobs.registry import kind_of

SILENCE = timedelta(minutes=2)
"""A running job not heard of for that long has lost its worker."""


class Job(models.Model):
    """A piece of work: who asked for it, how far it is, how it ended."""

    personal_data = False

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "等待中"
        RUNNING = "running", "进行中"
        STOPPED = "stopped", "已停止"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("种类", max_length=80, db_index=True)
    title = models.CharField("事项", max_length=200)
    arguments = models.JSONField("参数", default=dict)
    memory = models.JSONField("断点", default=dict)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发起人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="jobs",
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    stop_asked = models.BooleanField(default=False)
    attempt = models.PositiveIntegerField(default=1)
    """Which start this is; the worker of an earlier start finds that it is not wanted any more."""
    total = models.PositiveIntegerField("总数", null=True)
    done = models.PositiveIntegerField("已完成", default=0)
    message = models.CharField("当前", max_length=200, blank=True)
    error = models.TextField("原因", blank=True)
    href = models.CharField("结果", max_length=300, blank=True)
    created = models.DateTimeField("提交时间", default=clock.now)
    started = models.DateTimeField("开始时间", null=True)
    ended = models.DateTimeField("结束时间", null=True)
    heard = models.DateTimeField("最近进展", null=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ("-created",)
        indexes: ClassVar = [models.Index(fields=["owner", "-created"], name="jobs_of_owner")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of this job at the desk."""
        return reverse("jobs:job", args=[self.pk])

    @property
    def kind_title(self) -> str:
        """Return the kind in words."""
        kind = kind_of(self.kind)
        return kind.title if kind else self.kind

    @property
    def is_interrupted(self) -> bool:
        """Tell whether the worker went away in the middle."""
        heard = self.heard or self.started
        return self.state == self.State.RUNNING and bool(heard and clock.now() - heard > SILENCE)

    @property
    def is_active(self) -> bool:
        """Tell whether something may still happen by itself."""
        return self.state in {self.State.WAITING, self.State.RUNNING} and not self.is_interrupted

    @property
    def can_start_again(self) -> bool:
        """Tell whether it may be started again."""
        return self.state in {self.State.STOPPED, self.State.FAILED} or self.is_interrupted

    @property
    def percent(self) -> int | None:
        """Return how far it is, or ``None`` while that is not known."""
        if self.state == self.State.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def state_in_words(self) -> str:
        """Return the state as people read it."""
        if self.is_interrupted:
            return "已中断"
        if self.stop_asked and self.is_active:
            return "正在停止"
        return str(self.get_state_display())


class Turn(models.Model):
    """When a piece of regular work has its next turn."""

    personal_data = False

    name = models.CharField("事项", max_length=80, primary_key=True)
    due = models.DateTimeField("下次时间")

    class Meta:
        verbose_name = "定时任务"
        verbose_name_plural = "定时任务"

    def __str__(self) -> str:
        return self.name
