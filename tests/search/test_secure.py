"""A search server behind TLS and a password: who it is gets checked, and a wrong answer says what is wrong."""

import base64
import shutil
import ssl
import subprocess
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from search.document import Document
from search.engines.elasticsearch import open_engine
from search.hits import EngineDown
from search.query import Query
from tests.conftest import MISSING

PASSWORD = "p@ss:word/梧桐"
IN_ADDRESS = "p%40ss%3Aword%2F%E6%A2%A7%E6%A1%90"


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """Return a folder with the certificate of a server on this machine, ca.crt, and its key."""
    if not shutil.which("openssl"):
        pytest.skip(f"{MISSING}openssl")
    folder = tmp_path_factory.mktemp("authority")
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out ca.crt -subj /CN=search"
    arguments = [*request.split(), "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def door(elasticsearch_url: str, authority: Path) -> Iterator[str]:
    """Yield `host:port` of a door to the real server that speaks TLS alone and asks for the password."""
    real = urlsplit(elasticsearch_url.partition(",")[0]).netloc
    known = "Basic " + base64.b64encode(f"zhihui:{PASSWORD}".encode()).decode()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def passed(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers["authorization"] != known:
                self.answer(401, {"content-type": "application/json"}, b'{"error": {"type": "security_exception"}}')
                return
            server = HTTPConnection(real, timeout=10)
            server.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k != "Host"})
            answer = server.getresponse()
            self.answer(answer.status, dict(answer.getheaders()), answer.read())
            server.close()

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = passed

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "date", "server"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing: a caller that does not trust the certificate hangs up."""

    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(authority / "ca.crt", authority / "key.pem")
    server = Quiet(("127.0.0.1", 0), Door)
    server.socket = secure.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_works_through_tls_with_a_password(door: str, authority: Path) -> None:
    name = f"zhihui-{uuid.uuid4().hex}"
    engine = open_engine(f"https://zhihui:{IN_ADDRESS}@{door}/{name}?ca={authority / 'ca.crt'}")
    engine.rebuild([Document(id=1, kind="place", uid="U-1", title="武康路")])
    engine.change([Document(id=2, kind="place", uid="U-2", title="武康路")])
    assert engine.search(Query("武康")).ids == (1, 2)
    assert engine.health().state == "ok"
    engine.building.clear(keep=())
    engine.close()


@pytest.mark.parametrize(
    ("account", "with_ca", "says"),
    [("zhihui:wrong", True, "401"), (f"zhihui:{IN_ADDRESS}", False, "certificate"), (f"zhihui:{IN_ADDRESS}", True, "")],
)
def test_what_is_wrong_is_said_and_no_password_with_it(
    door: str, authority: Path, account: str, with_ca: bool, says: str, caplog
) -> None:
    """A wrong password, a server that nobody vouches for; and that both would be right together."""
    ca = f"?ca={authority / 'ca.crt'}" if with_ca else ""
    engine = open_engine(f"https://{account}@{door}/zhihui-{uuid.uuid4().hex}{ca}")
    health = engine.health()
    assert health.state == ("down" if says else "missing")
    assert says in health.detail
    if says:
        with pytest.raises(EngineDown):
            engine.search(Query("武康"))
    assert PASSWORD not in caplog.text + health.detail
    assert IN_ADDRESS not in caplog.text + health.detail
    engine.close()
