"""The plan and the contract: each promise broken once, and kept once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from elves import elf
from samples import Store, Verify, said, tar

import bakectl
from bakectl import settings
from bakectl.errors import InvalidBakeFile
from bakectl.settings import find_settings
from bakectl.verifying.contract import Contract, Contracts, read_contracts
from bakectl.verifying.initial import table
from bakectl.verifying.layout import Layout
from bakectl.verifying.run import Subject, verify

APP = tar(("usr/bin/app", elf()), ("etc/motd", b"x" * 5000))
RUN = {
    "User": "1000:1000",
    "Env": ["PATH=/usr/bin", "MODE=fast", "API_TOKEN_FILE=/run/t"],
    "Entrypoint": ["app"],
    "Cmd": ["serve"],
    "ExposedPorts": {"8080/tcp": {}, "53/udp": {}},
    "Labels": {"vendor": "acme", "version": "1.2.3"},
    "StopSignal": "SIGTERM",
    "Healthcheck": {"Test": ["CMD", "/usr/bin/app", "health"]},
}


@pytest.mark.parametrize(
    ("contract", "check", "message"),
    [
        (Contract(user="1000:1000"), "", ""),
        (Contract(user="1001"), "wrong-user", 'the user is "1000:1000", expected "1001"'),
        (Contract(labels={"vendor": "acme", "version": "1.*"}), "", ""),
        (Contract(labels={"vendor": "other"}), "wrong-label", 'the label vendor is "acme", expected "other"'),
        (Contract(labels={"title": "*"}), "wrong-label", 'the label title is not there, expected "*"'),
        (Contract(environment={"MODE": "f*"}), "", ""),
        (Contract(environment={"MODE": "slow"}), "wrong-variable", 'the variable MODE is "fast", expected "slow"'),
        (Contract(environment={"HOME": "*"}), "wrong-variable", 'the variable HOME is not there, expected "*"'),
        (Contract(environment={"API_TOKEN_FILE": "x"}), "wrong-variable", 'the variable API_TOKEN_FILE is "***", expected "x"'),
        (Contract(ports=("53/udp", "8080")), "", ""),
        (Contract(ports=()), "wrong-port", 'the ports are ["53/udp", "8080/tcp"], expected nothing'),
        (Contract(entrypoint=("app",)), "", ""),
        (Contract(entrypoint=()), "wrong-entrypoint", 'the entrypoint is ["app"], expected nothing'),
        (Contract(command=("serve",)), "", ""),
        (Contract(command=("stop",)), "wrong-command", 'the command is ["serve"], expected ["stop"]'),
        (Contract(pid_1="/usr/bin/app"), "", ""),
        (Contract(pid_1="/usr/bin/tini"), "wrong-pid-1", 'the first process is "/usr/bin/app", expected "/usr/bin/tini"'),
        (Contract(stop_signal="15"), "", ""),
        (Contract(stop_signal="quit"), "wrong-stop-signal", 'the stop signal is "SIGTERM", expected "SIGQUIT"'),
        (Contract(health_check=True), "", ""),
        (Contract(health_check=False), "wrong-health-check", "the image has a health check, against its contract"),
        (Contract(files=("/usr/bin/app", "/etc/mo*")), "", ""),
        (Contract(files=("/srv/*",)), "missing-file", "/srv/* is not there"),
        (Contract(no_files=("/srv/*",)), "", ""),
        (Contract(no_files=("/etc/*",)), "forbidden-file", "/etc/motd is there, against the contract (/etc/*)"),
        (Contract(size=10_000, compressed_size=1000), "", ""),
        (Contract(size=5000), "too-large", "the image has 0.0 MB unpacked, and at most 0.0 MB are promised"),
        (Contract(sbom=True), "missing-attestation", "there is no SBOM, though it is promised"),
    ],
)  # fmt: skip
def test_the_contract(contract: Contract, check: str, message: str, store: Store, verified: Verify) -> None:
    report = verified(store.manifest("linux/amd64", [APP], run=RUN), contract=contract)
    assert said(report) == ([(check, "linux/amd64", message)] if check else [])


@pytest.mark.parametrize(
    ("user", "is_root"), [("", True), ("root", True), ("0:1000", True), ("1000", False), ("me", False)]
)
def test_root(user: str, is_root: bool, store: Store, verified: Verify) -> None:
    image = store.manifest("linux/amd64", run={"User": user})
    assert [finding.rule for finding in verified(image).findings] == ["root-user"] * is_root
    assert said(verified(image, contract=Contract(user=user))) == []


def test_attestations(store: Store, verified: Verify) -> None:
    amd64, arm64 = store.manifest("linux/amd64"), store.manifest("linux/arm64")
    proven = store.attestation(amd64, "https://slsa.dev/provenance/v0.2")
    index = store.index(amd64, arm64, proven, store.attestation({"digest": "sha256:" + "1" * 64}))
    assert said(verified(index)) == [
        ("dangling-attestation", f"an attestation is of sha256:{'1' * 64}, which is not in the index"),
        ("missing-attestation", "linux/arm64", "there is no provenance, though other platforms have one"),
    ]
    complete = store.index(amd64, proven)
    assert said(verified(complete, contract=Contract(provenance=True))) == []
    assert said(verified(complete, contract=Contract(provenance=False))) == [
        ("unwanted-attestation", "linux/amd64", "there is provenance, against the contract")
    ]


def test_a_broken_statement(store: Store, verified: Verify) -> None:
    image = store.manifest("linux/amd64")
    proven = store.attestation(image, "https://slsa.dev/provenance/v0.2")
    (statement,) = json.loads(store.blobs[proven["digest"]])["layers"]
    store.blobs[statement["digest"]] = b"[]"
    found = f"has the digest sha256:{hashlib.sha256(b'[]').hexdigest()}"
    assert said(verified(store.index(image, proven))) == [
        ("wrong-digest", f"the statement {statement['digest']} {found}")
    ]
    del store.blobs[statement["digest"]]


def test_what_a_daemon_has_not_pulled(store: Store, tmp_path: Path) -> None:
    amd64, arm64 = store.manifest("linux/amd64"), store.manifest("linux/arm64")
    proven = store.attestation(amd64, "https://slsa.dev/provenance/v0.2")
    folder = store.write(tmp_path, store.index(amd64, arm64, proven))
    for descriptor in (arm64, proven):
        store.blob(folder, descriptor).unlink()
    reader = Layout(str(folder))
    reader.is_partial = True
    (report,) = verify([Subject(reader, contract=Contract(provenance=True))])
    assert (said(report), list(report.sizes)) == ([], ["linux/amd64"])


BAKE_FILE = """
target "app" {
  labels = { a = "1", b = "2" }
  attest = ["type=sbom"]
  annotations = ["plain=1", "index,manifest:both=2", "manifest[linux/arm64]:one=3", "index:gone=4"]
}
"""


def test_the_plan(store: Store, verified: Verify, project) -> None:
    project({"docker-bake.hcl": BAKE_FILE})
    target = bakectl.plan(bakectl.load(env={}), "app")["app"]
    run = {"User": "1", "Labels": {"a": "1", "b": "wrong"}}
    notes = {"plain": "1", "both": "2"}
    image = store.manifest("linux/amd64", run=run, annotations=notes)
    index = store.index(image, store.attestation(image), annotations={"both": "2"})
    assert said(verified(index, target=target)) == [
        ("missing-attestation", "linux/amd64", "there is no SBOM, though it is promised"),
        ("wrong-label", "linux/amd64", 'the label b is "wrong", and the plan says "2"'),
        ("wrong-annotation", 'the annotation gone is not there, and the plan says "4"'),
    ]


def test_parity(store: Store, verified: Verify) -> None:
    common = ("usr/lib/x86_64-linux-gnu/only.here", b"")
    amd64 = store.manifest("linux/amd64", [tar(("app/run", b"1"), ("app/native.linux-x64.node", b""), common)], run=RUN)
    other = {**RUN, "User": "7", "Env": ["PATH=/usr/bin", "MODE=slow", "API_TOKEN=hidden"]}
    arm64 = store.manifest("linux/arm64", [tar(("app/walk", b"1"), ("app/native.linux-arm64.node", b""))], run=other)
    contract = Contract(ignore=("missing-command", "secret-in-settings"))
    slow, fast = '["MODE=slow", "API_TOKEN=***"]', '["MODE=fast", "API_TOKEN_FILE=***"]'
    assert said(verified(store.index(amd64, arm64), contract=contract)) == [
        ("platform-parity", "linux/arm64", 'User is "7" for linux/arm64, and "1000:1000" for linux/amd64'),
        (
            "platform-parity",
            "linux/arm64",
            f"Env is {slow} for linux/arm64, and {fast} for linux/amd64",
        ),
        ("platform-parity", "linux/arm64", "/app/run is there for linux/amd64 only"),
        ("platform-parity", "linux/amd64", "/app/walk is there for linux/arm64 only"),
    ]


KEYS = (
    "User",
    "Env",
    "Entrypoint",
    "Cmd",
    "WorkingDir",
    "ExposedPorts",
    "StopSignal",
    "Healthcheck",
    "Labels",
    "Volumes",
)
ODD = (5, True, "text", "", ["a", 5, None], {"a": 5}, {"Test": 5}, {"Test": []}, [], None, [[]], "\ud800")


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("key", KEYS)
def test_settings_of_a_wrong_kind(key: str, odd: object, store: Store, verified: Verify) -> None:
    one = store.manifest("linux/amd64", [APP], run={**RUN, key: odd}, config={"history": odd})
    two = store.manifest("linux/arm64", [APP], run=RUN)
    contract = Contract(
        user="1",
        labels={"a": "*"},
        environment={"A": "*"},
        ports=(),
        entrypoint=(),
        command=(),
        pid_1="/",
        stop_signal="1",
    )
    report = verified(store.index(one, two), contract=contract)
    assert {"linux/amd64", "linux/arm64"} == {*report.sizes}
    assert report.contract is not None
    table(report.contract, "verify")


SETTINGS = """
[verify]
ignore = ["setuid-file"]
size = "100MB"
user = "1000"
labels = { vendor = "acme" }
files = ["/etc/motd"]

[verify.targets.app]
size = "64MiB"
compressed-size = "1.5 kB"
pid-1 = "/usr/bin/tini"
health-check = true
labels = { title = "*" }
files = ["/usr/bin/app"]
"""


def test_the_settings(tmp_path: Path) -> None:
    (tmp_path / "bakectl.toml").write_text(SETTINGS)
    general = Contract(
        ignore=("setuid-file",), size=100_000_000, user="1000", labels={"vendor": "acme"}, files=("/etc/motd",)
    )
    app = Contract(
        ignore=("setuid-file",),
        size=64 << 20,
        compressed_size=1500,
        user="1000",
        labels={"vendor": "acme", "title": "*"},
        pid_1="/usr/bin/tini",
        health_check=True,
        files=("/etc/motd", "/usr/bin/app"),
    )
    contracts = read_contracts(find_settings(str(tmp_path)))
    assert contracts == Contracts(general, {"app": app})
    assert [contracts.of(name) for name in ("app", "other", None)] == [app, general, general]


def test_bad_settings(tmp_path: Path) -> None:
    text = '[verify]\nsize = "big"\nignore = ["compilers"]\nfiles = ["etc"]\nusr = "x"\n[verify.targets.app]\nlabels = { a = 1 }\n'
    (tmp_path / "bakectl.toml").write_text(text)
    with pytest.raises(InvalidBakeFile) as caught:
        read_contracts(find_settings(str(tmp_path)))
    place = f"{tmp_path}/bakectl.toml".replace(str(tmp_path), "bakectl.toml").split("/")[0]
    assert [(item.message, item.help) for item in caught.value.diagnostics] == [
        (f'{place}: [verify]: "ignore" names no check: "compilers"', 'did you mean "compiler"?'),
        (f'{place}: [verify]: "size" is no size: "big"', 'write "100MB" or "64MiB"'),
        (f'{place}: [verify]: "files" has a path that begins with neither a slash nor *: "etc"', None),
        (f'{place}: [verify] has no "usr"', 'did you mean "user"?'),
        (f'{place}: [verify] targets app: "labels" has a value that is no string: "a"', 'write "*" for any value'),
    ]


def test_the_schema_has_what_is_read() -> None:
    schema = json.loads((Path(settings.__file__).parent / "settings.schema.json").read_text())
    table = schema["$defs"]["contract"]["properties"]
    fields = {name.replace("_", "-") for name in Contract._fields}
    assert set(table) == fields
    assert set(schema["properties"]["verify"]["properties"]) == {*fields, "targets"}
