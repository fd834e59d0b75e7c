"""What an image should not hold: one image wrong in each way, and a good look-alike."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

import pytest
from elves import elf
from samples import Store, Verify, said, tar

from bakectl.verifying.contract import Contract

if TYPE_CHECKING:
    from bakectl.verifying.run import Report

KEY = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n-----END OPENSSH PRIVATE KEY-----\n"
TOKEN = b"//registry/:_authToken=npm_" + b"a1B2" * 9 + b"\n"

NOTHING = Contract()


def image(store: Store, verified: Verify, *layers: bytes, contract: Contract = NOTHING, **more: object) -> Report:
    return verified(store.manifest("linux/amd64", layers, **more), contract=contract)


def found(report: Report) -> list[tuple[str, str]]:
    return [(item.rule, item.file) for item in report.findings]


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("usr/bin/gcc", "compiler"),
        ("usr/bin/x86_64-linux-gnu-gcc-12", "compiler"),
        ("usr/bin/clang-17", "compiler"),
        ("usr/local/cargo/bin/cargo", "compiler"),
        ("usr/local/go/bin/go", "compiler"),
        ("usr/share/doc/gcc", ""),
        ("usr/bin/ldd", ""),
        ("usr/bin/gold-digger", ""),
        ("usr/bin/make-ssl-cert", ""),
    ],
)
def test_tools(name: str, check: str, store: Store, verified: Verify) -> None:
    assert found(image(store, verified, tar((name, elf())))) == ([(check, f"/{name}")] if check else [])


def test_a_link_to_a_tool(store: Store, verified: Verify) -> None:
    layer = tar(("usr/bin/cc", "-> /etc/alternatives/cc"), ("usr/bin/as", b"not executable"), mode=0o644)
    assert found(image(store, verified, layer)) == [("compiler", "/usr/bin/cc")]


def test_caches(store: Store, verified: Verify) -> None:
    layer = tar(
        ("var/lib/apt/lists/lock", b"x"),
        ("var/lib/apt/lists/deb_InRelease", b"x" * 150_000),
        ("var/cache/apt/archives/lock", b"x"),
        ("var/cache/apk/APKINDEX.tar.gz", b"x"),
        ("home/me/.cache/pip/http/a", b"x"),
        ("home/me/.cache/pip/http/b", b"x"),
        ("root/.npm/_cacache/a", b"x"),
        ("var/cache/ldconfig/aux-cache", b"x"),
    )
    report = image(store, verified, layer)
    assert found(report) == [
        ("package-cache", "/var/lib/apt/lists"),
        ("package-cache", "/var/cache/apk"),
        ("package-cache", "/root/.npm/_cacache"),
        ("package-cache", "/home/me/.cache/pip"),
    ]
    assert report.findings[0].message == "/var/lib/apt/lists holds a cache of apt: 1 files, 0.1 MB"


def test_repositories(store: Store, verified: Verify) -> None:
    layer = tar(("src/.git/HEAD", b"ref: refs/heads/main\n"), ("src/.gitignore", b"x"), ("other/.git/none", b"x"))
    assert found(image(store, verified, layer)) == [("repository", "/src/.git")]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("srv/server.pem", KEY, "a private key"),
        ("srv/rsa.pem", b"-----BEGIN RSA PRIVATE KEY-----\r\nMIIEpAIBAAKCAQEA7c\r\n", "a private key"),
        ("srv/old.pem", b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nMIIEpAIBAAKCAQEA7c\n", "a private key"),
        ("app/.npmrc", TOKEN, "a token of npm"),
        ("app/config", b"token: ghp_" + b"x" * 36, "a token of GitHub"),
        ("app/config", b"id = AKIAIOSFODNN7EXAMPLE", "an access key of AWS"),
        ("root/.netrc", b"machine a login b", "logins"),
        ("root/.aws/credentials", b"[default]", "logins"),
        ("app/.env", b"DEBUG=1", "settings of an environment, which are seldom for everybody"),
        ("app/.env.production", b"DEBUG=1", "settings of an environment, which are seldom for everybody"),
        ("app/.env.example", b"DEBUG=1", ""),
        ("app/notes", b"a file with -----BEGIN PRIVATE KEY----- in its text", ""),
        ("srv/public.pem", b"-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA7c\n", ""),
        ("app/weights", b"AKIA ghp_short npm_", ""),
    ],
)  # fmt: skip
def test_secrets(name: str, content: bytes, what: str, store: Store, verified: Verify) -> None:
    report = image(store, verified, tar((name, content)))
    assert [(item.rule, item.message) for item in report.findings] == (
        [("secret", f"/{name} holds {what}")] if what else []
    )
    assert all("a1B2" not in f"{item.message}{item.help}" for item in report.findings)


@pytest.mark.parametrize(
    "above",
    [tar(("root/.wh.key", b"")), tar((".wh.root", b"")), tar(("root/key", b"replaced"))],
    ids=["deleted", "folder deleted", "replaced"],
)
def test_a_deleted_secret(above: bytes, store: Store, verified: Verify) -> None:
    message = "/root/key holds a private key in layer 1 of 2, and a later layer only hides it"
    assert said(image(store, verified, tar(("root/key", KEY)), above)) == [("deleted-secret", "linux/amd64", message)]


def test_a_secret_behind_a_linked_folder_is_still_there(store: Store, verified: Verify) -> None:
    layers = tar(("srv/data/x", b""), ("keys", "-> srv/data")), tar(("keys/key", KEY))
    assert said(image(store, verified, *layers)) == [("secret", "linux/amd64", "/keys/key holds a private key")]


def test_settings(store: Store, verified: Verify) -> None:
    run = {"User": "1", "Env": ["API_TOKEN=abcdef", "TOKEN_FILE=/run/secrets/t", "USE_AUTH=true", "PATH=/bin", "A=b"]}
    history = [
        {
            "created_by": "RUN |2 NPM_TOKEN=s3cret MODE=fast /bin/sh -c npm ci PASSWORD=no # buildkit",
            "empty_layer": True,
        }
    ]
    report = image(store, verified, run=run, config={"history": history})
    assert [item.message for item in report.findings] == [
        "the variable API_TOKEN looks like a secret, and everybody can read it",
        "the build argument NPM_TOKEN looks like a secret, and the image's history shows it",
    ]
    assert all("abcdef" not in str(item) and "s3cret" not in str(item) for item in report.findings)


def setuid(mode: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo()
    info.mode = mode
    return info


def test_programs_that_run_as_their_owner(store: Store, verified: Verify) -> None:
    layer = tar(("usr/bin/su", setuid(0o4755)), ("usr/bin/wall", setuid(0o2755)), ("srv/data", setuid(0o4644)))
    report = image(store, verified, layer)
    assert [(item.severity.value, item.message) for item in report.findings] == [
        ("info", "2 programs run as their user or group: /usr/bin/su, /usr/bin/wall")
    ]
    report = image(store, verified, layer, contract=Contract(setuid=("/usr/bin/su",)))
    assert [(item.severity.value, item.file) for item in report.findings] == [("error", "/usr/bin/wall")]


def test_what_is_allowed_and_ignored(store: Store, verified: Verify) -> None:
    layer = tar(("usr/share/doc/a/key.pem", KEY), ("usr/bin/gcc", elf()), ("srv/key.pem", KEY))
    contract = Contract(ignore=("compiler",), allow=("/usr/share/doc/*",))
    assert found(image(store, verified, layer, contract=contract)) == [("secret", "/srv/key.pem")]
