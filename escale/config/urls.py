"""Every address of the installation: the account pages that are used here, then what the journeys show."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path, re_path

# Addresses and roles are changed by actions, which leave a line in the log: allauth's own pages for them are left out.
ACCOUNT = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    # The key holds a dash too: only the first one parts the two.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    path("compte/", include(ACCOUNT)),
    path("", include("escale.web.urls")),
]
