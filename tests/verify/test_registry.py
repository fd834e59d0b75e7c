"""A registry over HTTP, as real ones answer: logins, tokens that run out, redirects, and connections that break."""

from __future__ import annotations

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from samples import INDEX, Store, said, tar

from bakectl.engine.daemon import Login, read_login
from bakectl.verifying.references import Reference, parse_reference
from bakectl.verifying.registry import Credentials, Registry
from bakectl.verifying.run import Subject, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bakectl.verifying.run import Report

Answer = tuple[int, dict[str, str], bytes]


class Server:
    """Answers as the function says, and remembers what it was asked: path and login."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answer: Callable[[str, str], Answer] = lambda path, login: (404, {}, b"")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply("")

            def do_POST(self) -> None:
                self.reply("?" + self.rfile.read(int(self.headers["Content-Length"])).decode())

            def reply(self, form: str) -> None:
                login = self.headers.get("Authorization", "")
                outer.asked.append((self.path + form, login))
                status, headers, body = outer.answer(self.path + form, login)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def files(store: Store) -> Callable[[str], Answer]:
    """What a registry without logins answers: an image with one layer."""
    image = store.index(store.manifest("linux/amd64", [tar(("etc/motd", b"hello" * 100_000))]))

    def answer(path: str) -> Answer:
        kind, _, name = path.removeprefix("/v2/acme/app/").partition("/")
        digest = image["digest"] if name == "1" else name
        if digest not in store.blobs:
            return 404, {}, b"{}"
        media_type = INDEX if digest == image["digest"] else "application/vnd.oci.image.manifest.v1+json"
        return (
            200,
            {"Content-Type": media_type if kind == "manifests" else "application/octet-stream"},
            store.blobs[digest],
        )

    return answer


def read(server: Server, login: Credentials | None = None, name: str = "acme/app:1") -> Report:
    reference = parse_reference(f"{server.host}/{name}")
    assert reference is not None
    (report,) = verify([Subject(Registry(reference, name, lambda host: login))])
    return report


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_without_login(server: Server, files) -> None:
    server.answer = lambda path, login: files(path)
    report = read(server)
    assert (said(report), report.unread, list(report.sizes)) == ([], "", ["linux/amd64"])
    assert server.asked[0] == ("/v2/acme/app/manifests/1", "")


def test_an_image_that_is_not_there(server: Server, files) -> None:
    server.answer = lambda path, login: files(path)
    assert said(read(server, name="acme/app:2")) == [("missing-image", "there is no image acme/app:2")]


def test_other_tags(server: Server, files, store: Store) -> None:
    old = store.index(store.manifest("linux/arm64"))

    def answer(path: str, login: str) -> Answer:
        return (200, {"Content-Type": INDEX}, store.blobs[old["digest"]]) if path.endswith("/old") else files(path)

    server.answer = answer
    first, *others = (
        Registry(reference, f"app:{tag}", lambda host: None)
        for tag in ("1", "1", "old", "gone")
        if (reference := parse_reference(f"{server.host}/acme/app:{tag}"))
    )
    (report,) = verify([Subject(first, others=tuple(others))])
    assert said(report) == [
        ("stale-tag", f"app:old names {old['digest']}, and not {report.digest}"),
        ("stale-tag", f"app:gone is not there, and should name {report.digest} too"),
    ]


@pytest.mark.parametrize(
    ("login", "asks", "sends"),
    [
        (None, "GET", ""),
        (Credentials("me", "secret"), "GET", basic("me", "secret")),
        (Credentials(identity_token="long-lived"), "POST", ""),
    ],
    ids=["anybody", "password", "identity token"],
)
def test_tokens_that_run_out(login: Credentials | None, asks: str, sends: str, server: Server, files) -> None:
    tokens: list[str] = []

    def answer(path: str, sent: str) -> Answer:
        place = urlsplit(path)
        if place.path == "/token":
            asked = parse_qs(place.query)
            assert asked["scope"] == ["repository:acme/app:pull"]
            assert asked["service"] == ["the registry"]
            assert asked.get("refresh_token") == (["long-lived"] if asks == "POST" else None)
            tokens.append(f"token-{len(tokens)}")
            return 200, {}, json.dumps({"token" if asks == "GET" else "access_token": tokens[-1]}).encode()
        used = sum(login == sent for _, login in server.asked)
        if not tokens or sent != f"Bearer {tokens[-1]}" or used > 2:
            scope = 'scope="repository:acme/app:pull"'
            return (
                401,
                {"WWW-Authenticate": f'Bearer realm="http://{server.host}/token",service="the registry",{scope}'},
                b"",
            )
        return files(path)

    server.answer = answer
    report = read(server, login)
    assert (said(report), report.unread) == ([], "")
    assert len(tokens) == 3  # for five requests, of which a token serves two
    assert {login for path, login in server.asked if path.startswith("/token")} == {sends}


def test_a_password(server: Server, files) -> None:
    right = basic("me", "secret")
    server.answer = lambda path, login: (
        files(path) if login == right else (401, {"WWW-Authenticate": 'Basic realm="here"'}, b"")
    )
    assert said(read(server, Credentials("me", "secret"))) == []
    host = server.host
    assert read(server).unread == f"{host} wants a login for acme/app:1: docker login {host}"
    assert read(server, Credentials("me", "wrong")).unread == f"{host} refuses to show acme/app:1: docker login {host}"


def test_a_redirect_does_not_show_the_login(server: Server, files) -> None:
    other = f"http://localhost:{server.host.partition(':')[2]}"

    def answer(path: str, login: str) -> Answer:
        if path.startswith("/elsewhere"):
            return files(path.removeprefix("/elsewhere"))
        if not login:
            return 401, {"WWW-Authenticate": "Basic realm=here"}, b""
        return (307, {"Location": f"{other}/elsewhere{path}"}, b"") if "/blobs/" in path else files(path)

    server.answer = answer
    assert said(read(server, Credentials("me", "secret"))) == []
    assert {login for path, login in server.asked if path.startswith("/elsewhere")} == {""}


def test_a_registry_that_is_busy(server: Server, files) -> None:
    server.answer = lambda path, login: files(path) if len(server.asked) > 1 else (503, {"Retry-After": "0"}, b"")
    assert said(read(server)) == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((403, {}, b""), "{host} refuses to show acme/app:1: docker login {host}"),
        ((418, {}, b""), "{host} answers 418 I'm a Teapot for acme/app:1"),
        ((401, {"WWW-Authenticate": "Negotiate"}, b""), '{host} wants a login of an unknown kind: "Negotiate"'),
    ],
)
def test_what_is_refused(answer: Answer, message: str, server: Server) -> None:
    server.answer = lambda path, login: answer
    assert read(server).unread == message.format(host=server.host)


def test_a_connection_that_breaks_is_no_truncated_blob(server: Server, files) -> None:
    def answer(path: str, login: str) -> Answer:
        status, headers, body = files(path)
        return status, {**headers, "Content-Length": str(len(body) + 1000)} if "/blobs/" in path else headers, body

    server.answer = answer
    report = read(server)
    assert said(report) == []
    assert report.unread.startswith("acme/app:1: the connection broke: ")


def test_a_registry_that_lacks_the_end_of_a_blob(server: Server, files) -> None:
    def answer(path: str, login: str) -> Answer:
        status, headers, body = files(path)
        return status, headers, body[:-3] if "/blobs/" in path else body

    server.answer = answer
    assert [finding.rule for finding in read(server).findings] == ["truncated-blob"]


def test_nobody_answers() -> None:
    reference = parse_reference("127.0.0.1:1/acme/app:1")
    assert reference is not None
    (report,) = verify([Subject(Registry(reference, "acme/app:1", lambda host: None))])
    assert report.unread == "127.0.0.1:1 cannot be reached: [Errno 111] Connection refused"


@pytest.mark.parametrize(
    ("text", "reference", "base"),
    [
        ("app", Reference("docker.io", "library/app", "latest"), "https://registry-1.docker.io/v2/library/app"),
        ("acme/app:1", Reference("docker.io", "acme/app", "1"), "https://registry-1.docker.io/v2/acme/app"),
        ("docker.io/app", Reference("docker.io", "library/app", "latest"), "https://registry-1.docker.io/v2/library/app"),
        ("ghcr.io/a/b/c:x", Reference("ghcr.io", "a/b/c", "x"), "https://ghcr.io/v2/a/b/c"),
        ("localhost/app", Reference("localhost", "app", "latest"), "http://localhost/v2/app"),
        ("127.0.0.1:5000/a:1", Reference("127.0.0.1:5000", "a", "1"), "http://127.0.0.1:5000/v2/a"),
        ("[::1]:5000/a", Reference("[::1]:5000", "a", "latest"), "http://[::1]:5000/v2/a"),
        ("localhost.example.com/a", Reference("localhost.example.com", "a", "latest"), "https://localhost.example.com/v2/a"),
        (f"a/b@sha256:{'0' * 64}", Reference("docker.io", "a/b", "latest", f"sha256:{'0' * 64}"), "https://registry-1.docker.io/v2/a/b"),
    ],
)  # fmt: skip
def test_references(text: str, reference: Reference, base: str) -> None:
    found = parse_reference(text)
    assert found == reference
    assert found.base == base


@pytest.mark.parametrize("text", ["", "Acme/App", "A/b", "a:b:c", "a//b", "-a", "a@sha256:1", "http://a/b"])
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


def test_logins_of_docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    auth = base64.b64encode(b"me:secret").decode()
    settings = {
        "auths": {"ghcr.io": {"auth": auth}},
        "credHelpers": {"acr.example.com": "fake", "broken.example.com": "gone"},
    }
    (tmp_path / "config.json").write_text(json.dumps(settings))
    helper = tmp_path / "docker-credential-fake"
    helper.write_text(
        '#!/bin/sh\ncat >/dev/null\necho \'{"ServerURL": "x", "Username": "<token>", "Secret": "long-lived"}\'\n'
    )
    helper.chmod(0o755)
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert read_login("ghcr.io") == Login("me", "secret", "")
    assert read_login("acr.example.com") == Login("", "", "long-lived")
    assert [read_login(host) for host in ("broken.example.com", "quay.io")] == [None, None]
    assert "secret" not in repr(read_login("ghcr.io"))
