"""Addresses of letters and case files below /desk/applications/letters/."""

from django.urls import path, re_path

from gongkai.domain.letters.desk import casefiles, labels, writing

app_name = "letters"
urlpatterns = [
    path("cases/<int:key>/new/", writing.NewView.as_view(), name="new"),
    path("cases/<int:key>/envelope.pdf", labels.EnvelopeView.as_view(), name="case-envelope"),
    path("cases/<int:key>/assemble/", casefiles.AssembleView.as_view(), name="assemble"),
    re_path(
        r"^files/(?P<key>\d+)/case\.(?P<kind>pdf|json)$",
        casefiles.CaseFileView.as_view(),
        name="case-file",
    ),
    path("<int:key>/", writing.LetterView.as_view(), name="letter"),
    path("<int:key>/discard/", writing.DiscardView.as_view(), name="discard"),
    path("<int:key>/deliver/", writing.DeliverView.as_view(), name="deliver"),
    path("<int:key>/envelope.pdf", writing.EnvelopeView.as_view(), name="envelope"),
    re_path(
        r"^(?P<key>\d+)/letter\.(?P<kind>pdf|docx)$", writing.PaperView.as_view(), name="paper"
    ),
]
