"""A server on loopback that speaks version 2 of GitHub's cache service, as BuildKit's client calls it.

Entries belong to the Git reference that may write them, which the token names; a token reads those of other references
that it names as well. Signed addresses are paths of this server, where blobs are put and got as Azure's are.
"""

import base64
import json
import re
import threading
import time
import uuid
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

_SERVICE = "/twirp/github.actions.results.api.v1.CacheService/"
_READ, _WRITE = 1, 2
_CODES = {
    HTTPStatus.UNAUTHORIZED: "unauthenticated",
    HTTPStatus.TOO_MANY_REQUESTS: "resource_exhausted",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}
"""What the service calls its refusals."""


def token(reference: str, *reads: str) -> str:
    """A token that may write for one Git reference, and read what others have."""
    scopes = [{"Scope": reference, "Permission": _READ | _WRITE}]
    scopes += [{"Scope": name, "Permission": _READ} for name in reads]
    parts = (
        {"alg": "none"},
        {"ac": json.dumps(scopes), "nbf": int(time.time()) - 60, "exp": int(time.time()) + 3600},
        {},
    )
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


def _references(header: str) -> tuple[str, list[str]] | None:
    """Where the bearer may write, and where it may read; None for one who brings no such token."""
    found = re.fullmatch(r"Bearer [\w-]+\.([\w-]+)\.[\w-]*", header)
    if found is None:
        return None
    claims = json.loads(base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)))
    scopes = json.loads(claims["ac"])
    writable = next(scope["Scope"] for scope in scopes if scope["Permission"] & _WRITE)
    return writable, [scope["Scope"] for scope in scopes]


class GitHubCache:
    """The service: what is in it, what was asked for, and what it refuses."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], bytes] = {}
        """Blobs by reference and key, the oldest first."""
        self.found: list[str] = []
        """Keys that were asked for and are there."""
        self.calls: list[str] = []
        """Names of the calls."""
        self.refuses: HTTPStatus | None = None
        """What every call is answered with."""
        self.delay = 0.0
        """Seconds before every answer to a call."""
        self.blocks: dict[str, dict[str, bytes]] = {}
        self.blobs: dict[str, bytes] = {}
        self.uploads: dict[tuple[str, str], str] = {}
        service = self

        class Handler(_Handler):
            cache = service

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def variables(self, token: str) -> dict[str, str]:
        """What GitHub sets for an action, and a workflow exports."""
        return {
            "ACTIONS_CACHE_SERVICE_V2": "1",
            "ACTIONS_RESULTS_URL": self.url,
            "ACTIONS_RUNTIME_TOKEN": token,
        }

    def scopes(self, reference: str) -> set[str]:
        """BuildKit's scopes that a Git reference has written."""
        keys = [key for owner, key in self.entries if owner == reference and key.startswith("index-")]
        # After the scope: the version of the format, and what the platforms of the builder hash to.
        return {re.sub(r"^index-|-\d+-[0-9a-f]+#\d+$", "", key) for key in keys}

    def answer(self, call: str, asked: dict[str, Any], writable: str, readable: list[str]) -> dict[str, Any]:
        """Do what a call asks for; raises FileExistsError for an entry that is there, or is being written."""
        match call:
            case "CreateCacheEntry":
                if (writable, asked["key"]) in {*self.entries, *self.uploads}:
                    raise FileExistsError
                name = self.uploads[writable, asked["key"]] = uuid.uuid4().hex
                return {"ok": True, "signed_upload_url": f"{self.url}blobs/{name}"}
            case "FinalizeCacheEntryUpload":
                blob = self.blobs[self.uploads.pop((writable, asked["key"]))]
                assert len(blob) == int(asked["size_bytes"])
                self.entries[writable, asked["key"]] = blob
                return {"ok": True, "entry_id": "1"}
            case _:
                return self._look_up(asked, readable)

    def _look_up(self, asked: dict[str, Any], readable: list[str]) -> dict[str, Any]:
        for reference in readable:
            for wanted in (asked["key"], *asked.get("restore_keys", ())):
                keys = [key for owner, key in reversed(self.entries) if owner == reference and key.startswith(wanted)]
                if keys:
                    name = uuid.uuid4().hex
                    self.blobs[name] = self.entries[reference, keys[0]]
                    self.found.append(keys[0])
                    return {"ok": True, "signed_download_url": f"{self.url}blobs/{name}", "matched_key": keys[0]}
        return {"ok": False}


class _Handler(BaseHTTPRequestHandler):
    cache: GitHubCache
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        asked = self._body()
        call = self.path.removeprefix(_SERVICE)
        self.cache.calls.append(call)
        time.sleep(self.cache.delay)
        rights = _references(self.headers.get("Authorization", ""))
        if self.cache.refuses is not None:
            self._send(self.cache.refuses, json.dumps({"code": _CODES[self.cache.refuses], "msg": "refused"}).encode())
        elif rights is None:
            self._send(HTTPStatus.UNAUTHORIZED, b'{"code":"unauthenticated","msg":"not authorized"}')
        else:
            try:
                answer = self.cache.answer(call, json.loads(asked), *rights)
            except FileExistsError:
                self._send(HTTPStatus.CONFLICT, b'{"code":"already_exists","msg":"there is such an entry"}')
            else:
                self._send(HTTPStatus.OK, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def do_PUT(self) -> None:
        body = self._body()
        url = urlsplit(self.path)
        name, query = url.path.rpartition("/")[2], parse_qs(url.query)
        blocks = self.cache.blocks.setdefault(name, {})
        match query.get("comp", [""])[0]:
            case "block":
                blocks[query["blockid"][0]] = body
            case "blocklist":
                names = re.findall(r"<(?:Latest|Uncommitted)>([^<]*)<", body.decode())
                self.cache.blobs[name] = b"".join(blocks[block] for block in names)
            case _:
                self.cache.blobs[name] = body
        self._send(HTTPStatus.CREATED, b"")

    def do_GET(self) -> None:
        blob = self.cache.blobs[self.path.rpartition("/")[2]]
        wanted = self.headers.get("x-ms-range") or self.headers.get("Range") or "bytes=0-"
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        end = min(int(last) + 1 if last else len(blob), len(blob))
        facts = {"Content-Range": f"bytes {first}-{end - 1}/{len(blob)}"}
        self._send(HTTPStatus.PARTIAL_CONTENT, blob[int(first) : end], facts)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        # Without it the daemon crashes.
        self.send_header("x-ms-request-id", uuid.uuid4().hex)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
