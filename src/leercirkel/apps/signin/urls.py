"""Addresses of signing in and of one's account. allauth finds its own views by these names."""

from allauth.account import views as account
from django.urls import path

urlpatterns = [
    path("aanmelden/", account.login, name="account_login"),
    path("aanmelden/niet-actief/", account.account_inactive, name="account_inactive"),
    path("afmelden/", account.logout, name="account_logout"),
]
