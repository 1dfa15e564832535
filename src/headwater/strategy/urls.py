"""The addresses of this room."""

from django.urls import path

from headwater.strategy.views import reading, versions, writing

urlpatterns = [
    path("strategy/", reading.strategy, name="strategy"),
    path("strategy/needs/", reading.needs, name="needs"),
    path("strategy/needs/<slug:slug>/", reading.need, name="need"),
    path("strategy/needs/<slug:slug>/tie/", writing.tie, name="tie"),
    path("strategy/needs/<slug:slug>/untie/", writing.untie, name="untie"),
    path("strategy/priorities/", reading.priorities, name="priorities"),
    path("strategy/newest-figures/", writing.take_up, name="take_up"),
    path("strategy/priorities/<slug:slug>/", reading.priority, name="priority"),
    path("strategy/actions/", reading.acts, name="actions"),
    path("strategy/actions/<slug:slug>/", reading.act, name="act"),
    path("strategy/actions/<slug:slug>/pin/", writing.pin, name="pin"),
    path("strategy/actions/<slug:slug>/promise/", writing.promise, name="promise"),
    path("strategy/outcomes/", reading.outcomes, name="outcomes"),
    path("strategy/money/", reading.money, name="money"),
    path("strategy/missing/", reading.missing, name="missing"),
    path("strategy/partners/", reading.partners, name="strategy_partners"),
    path("strategy/partners/<slug:slug>/", reading.partner, name="strategy_partner"),
    path("strategy/headings/", reading.headings, name="headings"),
    path("strategy/parts/<str:kind>/add/", writing.add, name="add_part"),
    path("strategy/parts/<str:kind>/<slug:slug>/edit/", writing.edit, name="edit_part"),
    path("strategy/parts/<str:kind>/<slug:slug>/take-out/", writing.take_out, name="take_out_part"),
    path("strategy/versions/", versions.versions, name="versions"),
    path("strategy/versions/consult/", versions.consult, name="consult"),
    path("strategy/versions/adopt/", versions.adopt, name="adopt"),
    path("strategy/versions/<slug:slug>/", versions.version, name="version"),
    path("strategy/versions/<slug:slug>/comment/", versions.comment, name="strategy_comment"),
    path("strategy/versions/<slug:slug>/changes/", versions.changed, name="version_changes"),
    path("strategy/versions/<slug:slug>/download/<str:form>/", versions.download, name="download_version"),
    path("strategy/comments/<int:number>/answer/", versions.answer, name="answer_comment"),
]
