"""compose.yaml sets only what is read, asks only for what is documented, and keeps every package in the image."""

import re
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.test import Client

from search.engines import ENGINES
from tests.test_docs import read_from_environment

ROOT = settings.ROOT
TEXT = (ROOT / "compose.yaml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
OURS = ("prepare", "web", "worker")
# What the images say that they read; Elasticsearch's takes any of its settings under the setting's own name.
DOCUMENTED = {
    **{service: {*read_from_environment(), "DJANGO_SETTINGS_MODULE"} for service in OURS},
    "postgresql": {"POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_USER"},
    "elasticsearch": {
        "ELASTIC_PASSWORD",
        "ES_JAVA_OPTS",
        "discovery.type",
        "ingest.geoip.downloader.enabled",
        "xpack.ml.enabled",
        "xpack.security.enabled",
        "xpack.security.http.ssl.enabled",
    },
}


@pytest.mark.parametrize("service", SERVICES)
def test_every_name_in_its_environment_is_read(service: str) -> None:
    """A misspelt name would be ignored without a word."""
    assert set(SERVICES[service]["environment"]) - DOCUMENTED[service] == set()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))))
def test_everything_to_fill_in_is_documented(name: str) -> None:
    """What .env must or may say stands in the operator's manual."""
    assert f"`{name}`" in (ROOT / "docs/operator.md").read_text("utf-8")


@pytest.mark.parametrize("service", SERVICES)
def test_only_the_site_is_published_and_to_this_machine_alone(service: str) -> None:
    """The database and the search server have no way out and none in; a proxy stands before the site."""
    ports = SERVICES[service].get("ports", [])
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert bool(ports) == ("outside" in SERVICES[service]["networks"]) == (service == "web")
    assert yaml.safe_load(TEXT)["networks"]["inside"] == {"internal": True}


def test_each_service_waits_for_a_condition_that_can_come() -> None:
    """A service that is waited for as healthy has a health check; every volume is declared."""
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            assert wait["condition"] != "service_healthy" or "healthcheck" in SERVICES[name]
        used = {volume.partition(":")[0] for volume in service["volumes"]}
        assert used <= set(yaml.safe_load(TEXT)["volumes"])


def test_commands_exist_and_the_engine_too() -> None:
    """What the containers run is there under that name."""
    lines = [*SERVICES["prepare"]["command"][-1].splitlines(), " ".join(SERVICES["worker"]["command"])]
    assert {line.split()[2] for line in lines} <= set(get_commands())
    environment = SERVICES["web"]["environment"]
    assert environment["SEARCH_URL"].partition(":")[0] in ENGINES
    assert environment["SEARCH_DRAIN"] == "worker"


def test_tests_run_on_the_server_that_is_shipped() -> None:
    """The image, the tests' own server and the client's major version go together."""
    version = SERVICES["elasticsearch"]["image"].rpartition(":")[2]
    assert f"\nversion={version}\n" in (ROOT / ".ci/elasticsearch").read_text("utf-8")
    major = version.partition(".")[0]
    assert f"\nelasticsearch=={major}." in (ROOT / "requirements.txt").read_text("utf-8")


def test_the_health_check_is_answered(client: Client, db: None, settings: Any) -> None:
    """It is neither redirected to HTTPS nor refused for its host."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = SERVICES["web"]["environment"]["ALLOWED_HOSTS"].rpartition("}")[2].strip(",").split(",")
    check = SERVICES["web"]["healthcheck"]["test"][-1]
    path = re.search(r"127\.0\.0\.1:8000(/[^\"]+)", check)[1]
    assert '"X-Forwarded-Proto": "https"' in check
    answer = client.get(path, headers={"host": "127.0.0.1:8000", "x-forwarded-proto": "https"})
    assert answer.status_code == 200


def test_no_room_is_kept_out_of_the_image() -> None:
    """Stock lists of what an image leaves out name media/, which is code here."""
    left_out = [line for line in (ROOT / ".dockerignore").read_text("utf-8").split("\n") if line[:1] not in ("", "#")]
    rooms = ["cms", "collections", "manage.py", "media", "requirements.txt", "search"]
    assert [room for room in rooms for pattern in left_out if fnmatch(room, pattern.strip("/"))] == []
    assert ".env" in left_out


def test_the_image_runs_as_nobody_in_particular() -> None:
    """The last account that the Dockerfile names is not root."""
    users = re.findall(r"^USER (.+)$", (ROOT / "Dockerfile").read_text("utf-8"), re.M)
    assert users
    assert users[-1] not in ("root", "0")
