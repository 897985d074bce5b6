"""Settings of one installation; everything that differs between machines comes from the environment (see env.py)."""

from pathlib import Path

import dj_database_url

from escale.config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.path("ESCALE_VAR", default=BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.boolean("ESCALE_PRODUCTION", default=False)
DEBUG = False
SECRET_KEY = env.secret_key(VAR_DIR, required=PRODUCTION)
ALLOWED_HOSTS = env.words("ESCALE_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
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
    "escale.apps.team",
    "escale.apps.schedule",
    "escale.web",
    "escale.config",
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'escale.sqlite3'}"), conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA busy_timeout=20000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
