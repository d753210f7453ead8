"""Addresses of review below /desk/reviews/."""

from django.urls import path

from gongkai.domain.review.desk import chains, queue

app_name = "review"
urlpatterns = [
    path("", queue.QueueView.as_view(), name="index"),
    path("chains/", chains.ChainsView.as_view(), name="chains"),
    path("chains/<int:organisation>/<str:importance>/", chains.ChainView.as_view(), name="chain"),
]
