"""Addresses of information below /desk/information/."""

from django.urls import path

from gongkai.domain.information.desk import (
    arranging,
    assessments,
    documents,
    edit,
    item,
    items,
    links,
    moves,
    new,
    registration,
    reviews,
    rules,
    versions,
)

app_name = "information"
urlpatterns = [
    path("", items.ItemsView.as_view(), name="index"),
    path("new/", new.NewView.as_view(), name="new"),
    path("arrange/", arranging.ArrangeView.as_view(), name="arrange"),
    path("export/", arranging.ExportView.as_view(), name="export"),
    path("documents/", documents.DocumentsView.as_view(), name="documents"),
    path("documents/clean-up/", documents.CleanUpView.as_view(), name="clean-up"),
    path("documents/clean-up/export/", documents.CleanUpExport.as_view(), name="clean-up-export"),
    path("assessments/", assessments.AssessmentsView.as_view(), name="assessments"),
    path("rules/", rules.RulesView.as_view(), name="rules"),
    path("reviews/<int:key>/", reviews.ReviewView.as_view(), name="review"),
    path("reviews/<int:key>/page/", reviews.ReviewPage.as_view(), name="review-page"),
    path(
        "reviews/<int:key>/files/<str:digest>/",
        reviews.ReviewFileView.as_view(),
        name="review-file",
    ),
    path("<int:key>/", item.ItemView.as_view(), name="item"),
    path("<int:key>/edit/", edit.EditView.as_view(), name="edit"),
    path("<int:key>/preview/", item.PreviewView.as_view(), name="preview"),
    path("<int:key>/preview/page/", item.PreviewPage.as_view(), name="preview-page"),
    path("<int:key>/files/<str:digest>/", item.FileView.as_view(), name="file"),
    path("<int:key>/pictures/<str:name>", item.PictureView.as_view(), name="picture"),
    path("<int:key>/versions/", versions.VersionsView.as_view(), name="versions"),
    path("<int:key>/restore/", versions.RestoreView.as_view(), name="restore"),
    path("<int:key>/links/", links.LinksView.as_view(), name="links"),
    path("<int:key>/register/", registration.RegisterView.as_view(), name="register"),
    path("<int:key>/submit/", moves.SubmitView.as_view(), name="submit"),
    path("<int:key>/recall/", moves.RecallView.as_view(), name="recall"),
    path("<int:key>/withdraw/", moves.WithdrawView.as_view(), name="withdraw"),
    path("<int:key>/discard/", moves.DiscardView.as_view(), name="discard"),
]
