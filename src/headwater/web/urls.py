"""Every address of the house."""

from django.urls import include, path

from headwater.web.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("account/second-factor/", home.second_factor, name="second_factor"),
    path("account/", include("headwater.web.account")),
    path("assessment/", include("headwater.web.assessment_urls")),
    path("", include("headwater.web.api")),
    path("", include("headwater.partnership.urls")),
    path("", include("headwater.editing.urls")),
    path("", include("headwater.strategy.urls")),
    path("", include("headwater.delivery.urls")),
]

handler400 = "headwater.web.errors.unreadable"
handler403 = "headwater.web.errors.refused"
handler404 = "headwater.web.errors.not_found"
handler500 = "headwater.web.errors.failed"
handler429 = "headwater.web.errors.too_many"  # allauth's
