"""Addresses of the screens."""

from django.urls import path

from gongkai.domain.organisations.desk import one, people, sheet, tree

app_name = "organisations"
urlpatterns = [
    path("", tree.TreeView.as_view(), name="index"),
    path("suggest/", tree.suggest, name="suggest"),
    path("roles/", people.RolesView.as_view(), name="roles"),
    path("import/", sheet.ImportView.as_view(), name="import"),
    path("import/template/", sheet.template, name="import_template"),
    path("people/", people.PeopleView.as_view(), name="people"),
    path("people/<int:key>/", people.PersonView.as_view(), name="person"),
    path("people/<int:key>/appoint/", people.AppointView.as_view(), name="appoint"),
    path("people/<int:key>/relieve/<int:post>/", people.RelieveView.as_view(), name="relieve"),
    path("people/<int:key>/password/", people.PasswordView.as_view(), name="password"),
    path("people/<int:key>/suspend/", people.SuspendView.as_view(), name="suspend"),
    path("people/<int:key>/restore/", people.restore, name="restore"),
    path("<int:key>/", one.OrganisationView.as_view(), name="organisation"),
    path("<int:key>/children/", tree.children, name="children"),
    path("<int:key>/found/", one.FoundView.as_view(), name="found"),
    path("<int:key>/amend/", one.AmendView.as_view(), name="amend"),
    path("<int:key>/rename/", one.RenameView.as_view(), name="rename"),
    path("<int:key>/merge/", one.MergeView.as_view(), name="merge"),
    path("<int:key>/move/", one.MoveView.as_view(), name="move"),
    path("<int:key>/close/", one.CloseView.as_view(), name="close"),
    path("<int:key>/guide/", one.GuideView.as_view(), name="guide"),
    path("<int:key>/engage/", people.EngageView.as_view(), name="engage"),
]
