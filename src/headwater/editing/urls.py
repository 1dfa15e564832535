"""The addresses of this room."""

from django.urls import path

from headwater.editing.views import chapters, refreshing

urlpatterns = [
    path("writing/", chapters.writing, name="writing"),
    path("writing/figures/", chapters.quoting, name="quoting"),
    path("writing/comments/<int:number>/settle/", chapters.settle, name="settle_comment"),
    path("writing/chapters/<slug:slug>/", chapters.chapter, name="chapter"),
    path("writing/chapters/<slug:slug>/edit/", chapters.word, name="word"),
    path("writing/chapters/<slug:slug>/check/", chapters.check, name="check_chapter"),
    path("writing/chapters/<slug:slug>/history/", chapters.history, name="chapter_history"),
    path("writing/chapters/<slug:slug>/comment/", chapters.comment, name="comment"),
    path("writing/chapters/<slug:slug>/sign-off/", chapters.sign_off, name="sign_off"),
    path("writing/chapters/<slug:slug>/let-go/", chapters.let_go, name="let_go_chapter"),
    path("refresh/", refreshing.refreshing, name="refreshing"),
    path("refresh/now/", refreshing.refresh, name="refresh"),
    path("refresh/changes/<int:number>/", refreshing.decide, name="decide"),
]
