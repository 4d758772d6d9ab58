"""Django's settings. What differs per installation comes from the environment (config/environment.py)."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from leercirkel.config import environment
from leercirkel.operations import logs, providers

HERE = Path(__file__).parent

DEMO = environment.flag("LEERCIRKEL_DEMO")
"""An invented board, and sign-in by one button per role. Never on an installation with real children."""
TODAY = environment.day("LEERCIRKEL_TODAY") or (date(2027, 3, 2) if DEMO else None)
"""The day that the rules go by, for a demonstration; None is the real day (apps/clock.py)."""

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.listed("LEERCIRKEL_HOSTS", "127.0.0.1,localhost")
SECURE = not (DEMO or environment.flag("LEERCIRKEL_HTTP"))
"""Behind TLS, as every installation is but a demonstration or a trial on one machine."""

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "leercirkel.apps.organisation",
    "leercirkel.apps.access",
    "leercirkel.apps.signin",
    "leercirkel.apps.audit",
    "leercirkel.apps.planning",
    "leercirkel.apps.dossier",
    "leercirkel.apps.assessment",
    "leercirkel.apps.cycle",
    "leercirkel.apps.groupplan",
    "leercirkel.apps.insight",
    "leercirkel.apps.benchmark",
    "leercirkel.apps.demo",
    "leercirkel.apps.pages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

LOGGING = logs.configuration()

MIDDLEWARE = [
    "leercirkel.apps.pages.middleware.HeadersMiddleware",  # outermost: also errors and static files have the headers
    "csp.middleware.CSPMiddleware",
    "leercirkel.config.middleware.RouteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leercirkel.apps.pages.middleware.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leercirkel.apps.pages.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leercirkel.apps.signin.middleware.SessionMiddleware",
    "leercirkel.apps.access.middleware.ScopeMiddleware",
    "leercirkel.apps.pages.middleware.OwnLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leercirkel.apps.signin.middleware.LockMiddleware",
    "leercirkel.apps.signin.middleware.FactorMiddleware",
    "leercirkel.apps.access.middleware.GateMiddleware",
    "leercirkel.apps.assessment.middleware.ChangesMiddleware",
]

ROOT_URLCONF = "leercirkel.config.urls"
WSGI_APPLICATION = "leercirkel.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leercirkel.apps.pages.context.frame",
                "leercirkel.apps.signin.context.lock",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "leercirkel.apps.pages.templatetags.ui",
            ],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "leercirkel.config.fonts.FontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "leercirkel.config.static_files.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = "."
"""Every address has a version (or is of a font, which has none but never changes)."""

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "leercirkel.apps.signin.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in (apps/signin). By e-mail address; users are invited and do not make accounts themselves.
ACCOUNT_ADAPTER = "leercirkel.apps.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "login": "leercirkel.apps.signin.forms.SignInForm",
    "reauthenticate": "leercirkel.apps.signin.forms.ConfirmPasswordForm",
    "change_password": "leercirkel.apps.signin.forms.OtherPasswordForm",
    "reset_password": "leercirkel.apps.signin.forms.ForgottenForm",
    "reset_password_from_key": "leercirkel.apps.signin.forms.NewPasswordForm",
}
# A whole school shares one address; who guesses is stopped per account (apps/signin/lockout.py).
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "120/m/ip"}
PROVIDERS = providers.from_environment()
SOCIALACCOUNT_ADAPTER = "leercirkel.apps.signin.provider_adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [each.app() for each in PROVIDERS.values()]}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # ours (provider_adapter.py) is stricter
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
MFA_ADAPTER = "leercirkel.apps.signin.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Leercirkel"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from invitations, and are not kept a second time
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "leercirkel.apps.signin.forms.CodeForm",
    "reauthenticate": "leercirkel.apps.signin.forms.ConfirmCodeForm",
    "activate_totp": "leercirkel.apps.signin.forms.AppForm",
    "add_webauthn": "leercirkel.apps.signin.forms.PasskeyForm",
    "edit_webauthn": "leercirkel.apps.signin.forms.PasskeyNameForm",
}
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware would answer in its own words; the adapter does in ours
AXES_HANDLER = "leercirkel.apps.signin.lockout.Handler"
AXES_USERNAME_CALLABLE = "leercirkel.apps.signin.lockout.username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the log is apps/audit
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [
    *("username", "ip_address", "user_agent", "login", "email", "code", "credential", "csrfmiddlewaretoken", "next")
]
SESSION_ENGINE = "leercirkel.apps.signin.sessions"
SESSION_COOKIE_AGE = 8 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what it says is not kept on the device
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

PASSWORD_RESET_TIMEOUT = 3600
ADDRESS = os.environ.get("LEERCIRKEL_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
"""Where links in messages lead: never to what a request says of itself."""
globals().update(environment.mail(demo=DEMO))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ------------------------------------------------------------------------------------------------------- safety

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-lc" if SECURE else "lc"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "__Host-lc-form" if SECURE else "lc-form"
CSRF_TRUSTED_ORIGINS = environment.listed("LEERCIRKEL_ORIGINS")
CSRF_FAILURE_VIEW = "leercirkel.apps.pages.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "lc-language"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False  # the proxy does
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Who asks and over what (X-Forwarded-…) is settled in operations/proxy.py, before Django sees the request.
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
)
UPLOAD_LIMIT = 50_000_000
"""Bytes of one request: more is refused before it is read (413)."""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
