"""The settings of a public server: nothing for Django to warn of, and no start with what is unsafe."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "k3y-" + "abcdefghij" * 6,
    "ALLOWED_HOSTS": "library.example",
    "BASE_URL": "https://library.example",
}


HEADER = """
import django
from django.test import RequestFactory
django.setup()
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
request = RequestFactory().get("/", secure=True, headers={"host": "library.example"})
print(SecurityMiddleware(lambda request: HttpResponse())(request)["Strict-Transport-Security"])
"""


def check(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` with production settings."""
    return run("manage.py", "check", *words, **given)


def python(text: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run some lines of Python with production settings."""
    return run("-c", text, **given)


def run(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run Python with production settings in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.production", **SAFE, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_to_warn_of() -> None:
    """`check --deploy` finds nothing."""
    answer = check("--deploy", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "max-age=31536000"),
        ({"HSTS_SUBDOMAINS": "true", "HSTS_PRELOAD": "true"}, "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_only_the_operator_binds_other_sites_to_https(given: dict[str, str], expected: str) -> None:
    """Sub-domains and browsers' lists are left out unless asked for."""
    answer = python(HEADER, **given)
    assert answer.stdout.strip().splitlines()[-1] == expected, answer.stderr


@pytest.mark.parametrize(
    "unsafe",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "a" * 60},
        {"SECRET_KEY": "django-insecure-" + "abcdefghij" * 5},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": "library.example,*"},
        {"ALLOWED_HOSTS": "."},
        {"ALLOWED_HOSTS": "*.*"},
        {"ALLOWED_HOSTS": ""},
        {"BASE_URL": "http://127.0.0.1:8000"},
    ],
)
def test_it_refuses_to_start(unsafe: dict[str, str]) -> None:
    """No key, a key of one letter or as Django writes it, any host or none: an error that names the setting."""
    answer = check(**unsafe)
    assert answer.returncode != 0
    assert next(iter(unsafe)) in answer.stderr


@pytest.mark.parametrize("name", ["base", "demo", "production"])
def test_readers_never_see_errors(name: str) -> None:
    """DEBUG is off in base, and neither the demo nor production turns it on."""
    text = (settings.ROOT / f"cms/settings/{name}.py").read_text("utf-8")
    assert "DEBUG = True" not in text
