"""Images in a registry, over HTTP: the only door to requests."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast
from urllib.parse import urljoin, urlsplit

from bakectl.record import Record
from bakectl.verifying.reader import (
    INDEX_TYPES,
    LARGEST_DOCUMENT,
    MANIFEST_TYPES,
    BadDocument,
    BlobMissing,
    Descriptor,
    ReadFailed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from requests import Response, Session

    from bakectl.verifying.references import Reference

_SECONDS: Final = (10, 60)
"""How long to wait for a connection, and for the next bytes."""
_TRIES: Final = 3
_TOKEN_BYTES: Final = 1 << 20
_PARAMETER = re.compile(r'([a-zA-Z_]+)\s*=\s*(?:"([^"]*)"|([^\s,"]+))')


class Credentials(Record):
    """A login: a name and a password, or a token that is exchanged for others."""

    user: str = ""
    password: str = ""
    identity_token: str = ""

    def __repr__(self) -> str:
        return f"Credentials({self.user!r}, ***)"


class Registry:
    """One image of a registry; `login` is asked for credentials of a host when the registry wants them."""

    is_partial = False

    def __init__(self, reference: Reference, name: str, login: Callable[[str], Credentials | None]) -> None:
        self.name = name
        self._reference = reference
        self._login = login
        self._authorization = ""
        self._session: Session | None = None

    def top(self) -> Descriptor:
        """The manifest or index that the reference names; its digest is computed where the reference has none."""
        reference = self._reference
        with self._get(f"manifests/{reference.digest or reference.tag}", _ACCEPT) as response:
            media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
            content = response.raw.read(LARGEST_DOCUMENT + 1, decode_content=True)
        if len(content) > LARGEST_DOCUMENT:
            raise BadDocument(f"has more than {LARGEST_DOCUMENT} bytes")
        digest = reference.digest or f"sha256:{hashlib.sha256(content).hexdigest()}"
        return Descriptor(media_type, digest, len(content))

    @contextmanager
    def open(self, descriptor: Descriptor) -> Iterator[BinaryIO]:
        """A manifest or a blob, by its digest."""
        kind = "manifests" if descriptor.is_document else "blobs"
        accept = {"Accept": descriptor.media_type} if descriptor.is_document else {}
        with self._get(f"{kind}/{descriptor.digest}", accept) as response:
            yield cast("BinaryIO", _Body(response, self.name))

    @contextmanager
    def _get(self, path: str, headers: Mapping[str, str]) -> Iterator[Response]:
        url = f"{self._reference.base}/{path}"
        response = self._request(url, {**headers, "Accept-Encoding": "identity"})
        try:
            if response.status_code in (401, 403):
                raise ReadFailed(
                    f"{self._reference.host} refuses to show {self.name}: docker login {self._reference.host}"
                )
            if response.status_code == 404:
                raise BlobMissing(path)
            if response.status_code != 200:
                raise ReadFailed(
                    f"{self._reference.host} answers {response.status_code} {response.reason} for {self.name}"
                )
            yield response
        finally:
            response.close()

    def _request(self, url: str, headers: dict[str, str]) -> Response:
        """Ask once, and once more with a login where one is wanted; tokens are renewed when they have run out."""
        response = self._send("GET", url, {**headers, **self._authorized()})
        if response.status_code == 401:
            challenge = response.headers.get("WWW-Authenticate", "")
            response.close()
            self._authorization = self._answer(challenge)
            response = self._send("GET", url, {**headers, **self._authorized()})
        return response

    def _authorized(self) -> dict[str, str]:
        return {"Authorization": self._authorization} if self._authorization else {}

    def _answer(self, challenge: str) -> str:
        """What to send after a challenge of the registry."""
        scheme, _, rest = challenge.partition(" ")
        parameters = {key.lower(): quoted or plain for key, quoted, plain in _PARAMETER.findall(rest)}
        login = self._login(self._reference.host)
        if scheme.lower() == "basic":
            if login is None or not login.user:
                raise ReadFailed(
                    f"{self._reference.host} wants a login for {self.name}: docker login {self._reference.host}"
                )
            return _basic(login)
        if scheme.lower() != "bearer" or "realm" not in parameters:
            raise ReadFailed(f'{self._reference.host} wants a login of an unknown kind: "{scheme}"')
        return f"Bearer {self._token(parameters, login)}"

    def _token(self, parameters: Mapping[str, str], login: Credentials | None) -> str:
        realm = urljoin(self._reference.base, parameters["realm"])
        if urlsplit(realm).scheme != "https" and not self._reference.base.startswith("http:"):
            raise ReadFailed(f"{self._reference.host} wants a login over plain HTTP, which would show it to everybody")
        scope = parameters.get("scope") or f"repository:{self._reference.repository}:pull"
        asked = {"service": parameters.get("service", ""), "scope": scope}
        if login is not None and login.identity_token:
            form = {
                **asked,
                "grant_type": "refresh_token",
                "client_id": "bakectl",
                "refresh_token": login.identity_token,
            }
            response = self._send("POST", realm, {}, data=form)
        else:
            response = self._send("GET", realm, {"Authorization": _basic(login)} if login else {}, params=asked)
        with response:
            answer = _json(response) if response.status_code == 200 else {}
        token = answer.get("token") or answer.get("access_token")
        if not isinstance(token, str):
            what = "its login" if login else "anybody without a login"
            raise ReadFailed(
                f"{urlsplit(realm).hostname} gives {what} no token for {self.name}: docker login {self._reference.host}"
            )
        return token

    def _send(self, method: str, url: str, headers: Mapping[str, str], **options: Any) -> Response:
        import requests

        if self._session is None:
            self._session = _session(url)
        try:
            return self._session.request(
                method, url, headers=dict(headers), stream=True, timeout=_SECONDS, auth=_no_netrc, **options
            )
        except requests.RequestException as error:
            raise ReadFailed(f"{urlsplit(url).netloc} cannot be reached: {_reason(error)}") from None


class Answer(Record):
    """What a registry says to somebody who brings no login: its status, and the clock of its machine or ""."""

    status: int
    date: str


def ask(address: str) -> Answer:
    """Ask whether a registry is there, at the address of its API; raises ReadFailed."""
    import requests

    session = _session(address)
    try:
        with session.get(address, timeout=_SECONDS[0], auth=_no_netrc) as response:
            return Answer(response.status_code, response.headers.get("Date", ""))
    except requests.RequestException as error:
        raise ReadFailed(f"{urlsplit(address).netloc} cannot be reached: {_reason(error)}") from None


_ACCEPT: Final = {"Accept": ", ".join((*INDEX_TYPES, *MANIFEST_TYPES))}


class _Body:
    """The bytes of an answer."""

    def __init__(self, response: Response, name: str) -> None:
        self._response = response
        self._name = name

    def read(self, size: int) -> bytes:
        from urllib3.exceptions import HTTPError

        try:
            piece: bytes = self._response.raw.read(size)
        except HTTPError as error:
            raise ReadFailed(f"{self._name}: the connection broke: {_reason(error)}") from None
        return piece


def _session(url: str) -> Session:
    """A session that asks again when a connection fails; as in docker, no proxy stands before this machine itself."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    session = requests.Session()
    session.trust_env = url.startswith("https:")
    retry = Retry(
        total=_TRIES, connect=1, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), raise_on_status=False
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _no_netrc(request: Any) -> Any:
    """Send what was decided here; requests would put the login of `.netrc` in its place."""
    return request


def _basic(login: Credentials) -> str:
    return "Basic " + base64.b64encode(f"{login.user}:{login.password}".encode()).decode()


def _json(response: Response) -> dict[str, Any]:
    import json

    try:
        value = json.loads(response.raw.read(_TOKEN_BYTES, decode_content=True))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _reason(error: Exception) -> str:
    """The last cause of an error, which says what happened."""
    text = str(getattr(error.args[0] if error.args else error, "reason", error))
    return re.sub(
        r"^(?:<?\w+Connection(?:Pool)?[^:]*\): |Failed to establish a new connection: |.*object at 0x[0-9a-f]+>: )*",
        "",
        text,
    )[:200]
