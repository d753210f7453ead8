"""Addresses under /desk/redaction/."""

from django.urls import path

from gongkai.domain.redaction.desk import beginning, compare, deciding, files, marking

app_name = "redaction"

urlpatterns = [
    path("", marking.IndexView.as_view(), name="index"),
    path("new/<str:model>/<int:key>/", beginning.NewView.as_view(), name="new"),
    path("<int:key>/", marking.MarkingView.as_view(), name="redaction"),
    path("<int:key>/marks/<int:mark>/", deciding.DecideView.as_view(), name="decide"),
    path("<int:key>/proposals/", deciding.DecideManyView.as_view(), name="decide-many"),
    path("<int:key>/build/", deciding.BuildView.as_view(), name="build"),
    path("<int:key>/reopen/", deciding.ReopenView.as_view(), name="reopen"),
    path("<int:key>/discard/", deciding.DiscardView.as_view(), name="discard"),
    path("<int:key>/compare/", compare.CompareView.as_view(), name="compare"),
    path("<int:key>/pages/<int:number>.png", files.picture, name="picture"),
    path("<int:key>/results/<int:number>.png", files.result, name="result"),
    path("<int:key>/output/", files.output, name="output"),
]
