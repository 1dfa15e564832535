"""The addresses of this room."""

from django.urls import path

from headwater.partnership.views import ledger, people

urlpatterns = [
    path("partnership/", people.partnership, name="partnership"),
    path("partnership/add/", people.add_organisation, name="add_organisation"),
    path("partnership/<slug:slug>/", people.organisation, name="organisation"),
    path("partnership/<slug:slug>/invite/", people.invite, name="invite"),
    path("partnership/<slug:slug>/ledger/", ledger.organisation_ledger, name="organisation_ledger"),
    path("partnership/roles/<int:number>/end/", people.end_role, name="end_role"),
    path("partnership/invitations/<int:number>/withdraw/", people.withdraw, name="withdraw"),
    path("invitation/<str:secret>/", people.accept, name="accept"),
    path("ledger/", ledger.ledger, name="ledger"),
]
