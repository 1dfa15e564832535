"""The addresses of this room."""

from django.urls import path

from headwater.partnership.views import access, builds, data, ledger, people, uploads

urlpatterns = [
    path("partnership/", people.partnership, name="partnership"),
    path("partnership/add/", people.add_organisation, name="add_organisation"),
    path("partnership/<slug:slug>/", people.organisation, name="organisation"),
    path("partnership/<slug:slug>/invite/", people.invite, name="invite"),
    path("partnership/<slug:slug>/open/", access.open_in_emergency, name="open_in_emergency"),
    path("partnership/<slug:slug>/ledger/", ledger.organisation_ledger, name="organisation_ledger"),
    path("partnership/roles/<int:number>/end/", people.end_role, name="end_role"),
    path("partnership/invitations/<int:number>/withdraw/", people.withdraw, name="withdraw"),
    path("invitation/<str:secret>/", people.accept, name="accept"),
    path("openings/<int:number>/close/", access.close_opening, name="close_opening"),
    path("tokens/", access.tokens, name="tokens"),
    path("tokens/new/", access.new_token, name="new_token"),
    path("tokens/<int:number>/end/", access.end_token, name="end_token"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("data/", data.data, name="data"),
    path("data/builds/", builds.builds, name="builds"),
    path("data/builds/assess/", builds.assess, name="assess"),
    path("data/builds/foresee/", builds.foresee, name="foresee"),
    path("data/builds/<int:number>/", builds.build, name="build"),
    path("data/builds/<int:number>/progress.json", builds.build_progress, name="build_progress"),
    path("data/builds/<int:number>/again/", builds.build_again, name="build_again"),
    path("data/uploads/<int:number>/", uploads.upload, name="upload"),
    path("data/uploads/<int:number>/land/", uploads.land, name="land_upload"),
    path("data/uploads/<int:number>/take-back/", uploads.take_back, name="take_back"),
    path("data/of/<slug:slug>/", data.organisation_data, name="organisation_data"),
    path("data/of/<slug:slug>/send/", uploads.send, name="send"),
    path("data/of/<slug:slug>/send/<slug:source>/", uploads.send, name="send_source"),
    path("data/of/<slug:slug>/agreements/", data.agreements, name="agreements"),
    path("data/of/<slug:slug>/coverage/", data.coverage, name="coverage"),
    path("data/of/<slug:slug>/extracts/", data.extracts, name="extracts"),
    path("data/of/<slug:slug>/retention/", data.retention, name="retention"),
]
