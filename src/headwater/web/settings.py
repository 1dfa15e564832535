"""How the rooms people sign in to are set up: by the environment, so that one installation serves many workspaces.

HEADWATER_WORKSPACE   the folder of the workspace; where it is not said, the folder one is in
HEADWATER_DATABASE    postgresql://user:password@host/name; where it is not said, partnership.sqlite3 in the workspace
HEADWATER_HOSTS       names this is reached by, with commas between
HEADWATER_SECRET_KEY  what sessions are signed with; where it is not said, a file that `headwater serve` makes in the workspace
HEADWATER_PROXIES     how many servers of our own stand before this one (nginx is one); where it is not said, none, and what a
                      request says of where it comes from is not believed
HEADWATER_KEY_FILE    the secret that person keys are made with, outside the workspace; without it no file about people is taken
HEADWATER_QUARANTINE  where a file that was sent lies until it is landed or refused; where it is not said, in the workspace
HEADWATER_SCANNER     the command of a virus scanner that such a file is given to: 0 is clean, 1 is not
HEADWATER_LARGEST_MB  the largest file that may be sent, 500 where it is not said
HEADWATER_HTTPS       0 on one's own machine, where there is no certificate; anything else, or nothing, demands HTTPS
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from headwater.web.environment import database, is_demonstration, secret_key

WORKSPACE = Path(os.environ.get("HEADWATER_WORKSPACE", "."))
HTTPS = os.environ.get("HEADWATER_HTTPS", "1") != "0"
DEBUG = False
SECRET_KEY = secret_key(os.environ.get("HEADWATER_SECRET_KEY", ""), WORKSPACE)
ALLOWED_HOSTS = os.environ.get("HEADWATER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DEMONSTRATION = not HTTPS and is_demonstration(WORKSPACE, ALLOWED_HOSTS)

INSTALLED_APPS = [
    "headwater.partnership",
    "headwater.editing",
    "headwater.strategy",
    "headwater.delivery",
    "headwater.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "ninja",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # before whatever refuses, so that a refusal is in no frame either
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "headwater.web.receiving.Limit",  # before the next, which would read the whole of what is sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "headwater.web.urls"
WSGI_APPLICATION = "headwater.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],  # before those of the packages, which they replace
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["headwater.web.humane"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "headwater.web.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "headwater.web.frame.Renderer"

DATABASES = {"default": database(os.environ.get("HEADWATER_DATABASE", ""), WORKSPACE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
"""In the database, because the limits on guessing must hold over every process that serves."""
KEY_FILE = Path(said) if (said := os.environ.get("HEADWATER_KEY_FILE")) else None
QUARANTINE = os.environ.get("HEADWATER_QUARANTINE", "")
QUARANTINE_HOURS = 24
"""How long a file that was sent waits to be landed before it is deleted."""
SCANNER = os.environ.get("HEADWATER_SCANNER", "")
LARGEST_UPLOAD = int(os.environ.get("HEADWATER_LARGEST_MB", "500")) << 20
FILE_UPLOAD_HANDLERS = ["headwater.web.receiving.Handler"]
"""What is sent goes into the quarantine as it comes, and into no other folder."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = "headwater.web.formats"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # served from where they are installed: nothing to collect, nothing to forget

# --- who comes in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "partnership.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "headwater.web.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "headwater.web.sign_in_forms.SignIn",
    "reauthenticate": "headwater.web.sign_in_forms.PasswordAgain",
    "change_password": "headwater.web.sign_in_forms.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/300s/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HEADWATER_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ALLOW_UNVERIFIED_EMAIL = True  # as above
MFA_TOTP_ISSUER = "Headwater"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ADAPTER = "headwater.web.sign_in.FactorAdapter"
MFA_FORMS = {
    "authenticate": "headwater.web.sign_in_forms.Code",
    "reauthenticate": "headwater.web.sign_in_forms.CodeAgain",
    "activate_totp": "headwater.web.sign_in_forms.BeginCodes",
    "login_webauthn": "headwater.web.sign_in_forms.PasskeyAlone",
    "authenticate_webauthn": "headwater.web.sign_in_forms.PasskeyAfter",
    "reauthenticate_webauthn": "headwater.web.sign_in_forms.PasskeyAgain",
    "add_webauthn": "headwater.web.sign_in_forms.AddPasskey",
    "edit_webauthn": "headwater.web.sign_in_forms.RenamePasskey",
}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "headwater.web.errors.stale_form"

# --- what a browser is told --------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "headwater.web.logs.Plain", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
