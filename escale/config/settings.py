"""Settings of one installation; everything that differs between machines comes from the environment (see env.py)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from escale.config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.path("ESCALE_VAR", default=BASE_DIR / "var")
ASSETS_DIR = VAR_DIR / "assets"
"""What the build of the interface makes: style sheets, scripts, typeface."""
STATIC_ROOT = VAR_DIR / "static"
for folder in (ASSETS_DIR, STATIC_ROOT):
    folder.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.boolean("ESCALE_PRODUCTION", default=False)
DEBUG = False
SECRET_KEY = env.secret_key(VAR_DIR, required=PRODUCTION)
ALLOWED_HOSTS = env.words("ESCALE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ADDRESS = env.text("ESCALE_ADDRESS", default="http://localhost:8000")
"""Where people find the pages, as letters write it."""
CSRF_TRUSTED_ORIGINS = env.words("ESCALE_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "escale.apps.audit",
    "escale.apps.territory",
    "escale.apps.accounts",
    "escale.apps.messaging",
    "escale.apps.documents",
    "escale.apps.team",
    "escale.apps.visits",
    "escale.apps.schedule",
    "escale.apps.conventions",
    "escale.apps.booking",
    "escale.apps.workshops",
    "escale.apps.urgencies",
    "escale.apps.activity",
    "escale.apps.communication",
    "escale.apps.obligations",
    "escale.apps.evaluation",
    "escale.apps.committee",
    "escale.web",
    "escale.config",
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'escale.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that a limit on tries holds across every process that serves.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Public pages, in the memory of each process: a machine that serves a village has nothing else to run.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 300}},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

ROOT_URLCONF = "escale.config.urls"
WSGI_APPLICATION = "escale.config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A year of 158 communes is 400 kB of HTML: a tenth of it on the line of a village.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "escale.web.typesetting.typeset_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "escale.web.entering.sessions.end_what_is_over",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "escale.web.refusals.tell_what_cannot_be_opened",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "escale" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

STATIC_URL = "static/"
STATICFILES_DIRS = [ASSETS_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {"BACKEND": "escale.web.storage.StaticFiles"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
# Délibération CNIL 2022-100: 12 characters with throttled tries, and no forced renewal.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "escale.apps.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Many mairies may share one line: the limit of each one is kept with its links.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key", "desk_link": "60/h/ip"}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
# Only the host of the installation is ours to speak for: its parent domain and its siblings belong to the EPCI.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXIES = env.number("ESCALE_PROXIES", default=0)
"""Reverse proxies in front: their headers are believed, and only as many of them."""
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

MAIL_HOST = env.text("ESCALE_MAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = MAIL_HOST
EMAIL_PORT = env.number("ESCALE_MAIL_PORT", default=587, least=1)
EMAIL_HOST_USER = env.text("ESCALE_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("ESCALE_MAIL_PASSWORD")
EMAIL_USE_TLS = env.boolean("ESCALE_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("ESCALE_MAIL_FROM", default="escale@localhost")

SMS_SERVICE = env.sms_service()
"""Who sends text messages; None writes them into files."""
SMS_FOLDER = VAR_DIR / "sms"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

ESCALE_TODAY = env.day("ESCALE_TODAY")
"""Freezes the civil clock for a demonstration or a test."""
if PRODUCTION and ESCALE_TODAY:
    raise ImproperlyConfigured("ESCALE_TODAY : en production, la date est celle du jour ; retirer cette variable")

ESCALE_GEO_API = env.text("ESCALE_GEO_API", default="https://geo.api.gouv.fr")
"""Where `import_territory` asks for the communes of an EPCI."""

AUDIT_MONTHS = env.number("ESCALE_AUDIT_MONTHS", default=12, least=6)
"""How long the audit log is kept: 6 to 12 months (délibération CNIL 2021-122)."""

PAGES_KEPT = env.number("ESCALE_PAGES_KEPT", default=60, least=0)
"""Seconds for which a process keeps a public answer at most, once made; 0 makes each one anew."""

WORKER_SILENCE = env.number("ESCALE_WORKER_SILENCE", default=60, least=1)
"""Seconds after which a worker that says nothing is dead, and its task given to another."""

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.one_of("ESCALE_LOG", LEVELS, default="WARNING")},
    "loggers": {
        # Django's own handlers would write each line twice.
        "django": {"handlers": [], "propagate": True},
        "escale": {"level": "INFO"},
        # It warns each time that it is asked to stop, which is no trouble.
        "django_tasks_db": {"level": "ERROR"},
    },
}
