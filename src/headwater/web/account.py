"""The addresses of signing in that are open: no sign-up, no change of address, no password by email."""

from allauth.account import views
from allauth.mfa import urls as second_factor
from django.urls import include, path

from headwater.web.entering import enter

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("enter/", enter, name="enter"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("2fa/", include(second_factor)),
]
