"""Addresses of disclosure on request below /desk/applications/."""

from django.urls import path

from gongkai.domain.applications.desk import (
    decision,
    files,
    labels,
    listing,
    moves,
    new,
    page,
    performance,
    renewing,
    reviews,
    wordings,
)

app_name = "applications"
urlpatterns = [
    path("", listing.ListView.as_view(), name="index"),
    path("export/", listing.ExportView.as_view(), name="export"),
    path("new/", new.NewView.as_view(), name="new"),
    path("new/told/", new.ToldView.as_view(), name="told"),
    path("new/scan/", new.ScanView.as_view(), name="scan"),
    path("new/scan/<int:key>/", new.ScanFileView.as_view(), name="scan-file"),
    path("performance/", performance.PerformanceView.as_view(), name="performance"),
    path(
        "performance/export/",
        performance.PerformanceFileView.as_view(),
        name="performance-file",
    ),
    path("hand-over/", moves.HandOverView.as_view(), name="hand-over"),
    path("wordings/", wordings.WordingsView.as_view(), name="wordings"),
    path("wordings/new/", wordings.WordingView.as_view(), name="new-wording"),
    path("wordings/<int:key>/", wordings.WordingView.as_view(), name="wording"),
    path("reviews/<int:key>/", reviews.ReviewView.as_view(), name="review"),
    path(
        "reviews/<int:key>/documents/<int:document>/",
        reviews.ReviewDocumentView.as_view(),
        name="review-document",
    ),
    path("<int:key>/", page.CaseView.as_view(), name="case"),
    path("<int:key>/acts/<str:act_key>/", page.ActView.as_view(), name="act"),
    path("<int:key>/acts/<str:act_key>/effect/", page.EffectView.as_view(), name="effect"),
    path("<int:key>/facts/<int:fact>/strike/", page.StrikeView.as_view(), name="strike"),
    path("<int:key>/identity/", files.IdentityView.as_view(), name="identity"),
    path("<int:key>/code/", renewing.RenewalView.as_view(), name="renew-code"),
    path("<int:key>/label.pdf", labels.LabelView.as_view(), name="label"),
    path("<int:key>/alike/", files.AlikeView.as_view(), name="alike"),
    path("<int:key>/documents/", files.AddDocumentView.as_view(), name="documents"),
    path("<int:key>/documents/<int:document>/", files.DocumentView.as_view(), name="document"),
    path("<int:key>/documents/<int:document>/read/", files.ReadView.as_view(), name="read"),
    path("<int:key>/assign/", moves.AssignView.as_view(), name="assign"),
    path("<int:key>/urge/", moves.UrgeView.as_view(), name="urge"),
    path("<int:key>/notes/", moves.NoteView.as_view(), name="notes"),
    path("<int:key>/notes/<int:note>/done/", moves.FinishView.as_view(), name="finish"),
    path("<int:key>/decision/", decision.DecisionView.as_view(), name="decision"),
    path("<int:key>/decision/follows/", decision.ConsequencesView.as_view(), name="follows"),
    path("<int:key>/decision/recall/", decision.RecallView.as_view(), name="recall"),
]
