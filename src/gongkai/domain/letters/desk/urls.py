"""Addresses below /desk/letters/."""

from django.urls import path, re_path

from gongkai.domain.letters.desk import casefiles, offices, writing

app_name = "letters"
urlpatterns = [
    path("", offices.IndexView.as_view(), name="index"),
    path("offices/<int:key>/", offices.OfficeView.as_view(), name="office"),
    path("offices/<int:key>/seal/", offices.SealView.as_view(), name="seal"),
    path(
        "offices/<int:key>/templates/<slug:template>/",
        offices.WordingView.as_view(),
        name="wording",
    ),
    path(
        "offices/<int:key>/templates/<slug:template>/sample.pdf",
        offices.SampleView.as_view(),
        name="sample",
    ),
    path("cases/<int:key>/new/", writing.NewView.as_view(), name="new"),
    path("cases/<int:key>/label.pdf", casefiles.LabelView.as_view(), name="label"),
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
