"""Every address of the house."""

from django.urls import include, path

from headwater.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
    path("account/", include("headwater.web.account")),
    path("", include("headwater.partnership.urls")),
    path("", include("headwater.editing.urls")),
    path("", include("headwater.strategy.urls")),
    path("", include("headwater.delivery.urls")),
]
