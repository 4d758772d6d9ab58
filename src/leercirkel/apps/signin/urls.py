"""Addresses of signing in and of one's account. allauth finds views by these names, its own and ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import path, re_path
from django.views.generic import RedirectView

from leercirkel.apps.signin.views import entrance, factors, me, passwords, providers, screen

urlpatterns = [
    path("aanmelden/", entrance.SignIn.as_view(), name="account_login"),
    path("aanmelden/tweede-stap/", mfa.authenticate, name="mfa_authenticate"),
    path("aanmelden/passkey/", factors.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("aanmelden/niet-actief/", account.account_inactive, name="account_inactive"),
    path("aanmelden/via/<slug:provider_id>/", providers.start, name="openid_connect_login"),
    path("aanmelden/via/<slug:provider_id>/terug/", openid_connect.callback, name="openid_connect_callback"),
    path("aanmelden/demo/", entrance.demo_sign_in, name="demo_sign_in"),
    path("afmelden/", entrance.SignOut.as_view(), name="account_logout"),
    path("uitnodiging/", passwords.invitation, name="invitation"),
    path("uitnodiging/<str:secret>/", passwords.invitation_link, name="invitation_link"),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord-vergeten/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("account/", me.account, name="account"),
    path("account/rechten/", me.rights, name="my_rights"),
    path("account/aanmeldingen/", me.sessions, name="sessions"),
    path("account/apparaat/", screen.device, name="device"),
    path("account/hier/", screen.here, name="here"),
    path("vergrendelen/", screen.lock, name="lock"),
    path("ontgrendelen/", screen.unlock, name="unlock"),
    path("account/wachtwoord/", passwords.ChangePassword.as_view(), name="account_change_password"),
    path("account/bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("account/bevestigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/bevestigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/tweede-stap/", factors.mine, name="mfa_index"),
    path("account/tweede-stap/beginnen/", factors.start, name="factor_start"),
    path("account/tweede-stap/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("account/tweede-stap/app/weghalen/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("account/tweede-stap/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/tweede-stap/passkeys/nieuw/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("account/tweede-stap/passkeys/<int:pk>/weg/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("account/tweede-stap/codes/", factors.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("account/tweede-stap/codes/nieuw/", factors.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
]
