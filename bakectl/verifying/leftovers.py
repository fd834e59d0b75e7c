"""What an image should not hold: tools of the build, caches, repositories, secrets, also in layers below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.options import parse_bool
from bakectl.bake.secrets import looks_secret
from bakectl.diagnostics import Severity
from bakectl.verifying import checks
from bakectl.verifying.process import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.image import Variant
    from bakectl.verifying.layers import Entry, Layer

_TOOLS: Final = frozenset(
    "as c++ c99 c89 cargo cc clang clang++ cmake csc dotnet-sdk g++ gcc gfortran ghc go javac ld ld.bfd ld.gold ld.lld "
    "make meson ninja nvcc rustc rustup swiftc tcc zig".split()
)
_VERSIONED: Final = re.compile(r"(?:.+-)?(gcc|g\+\+|clang|clang\+\+|cpp|ld)(?:-\d+(?:\.\d+)*)?", re.ASCII)
"""Names as `gcc-12` and `x86_64-linux-gnu-gcc`."""
_SET_USER: Final = 0o6000

_CACHES: Final = {
    "var/lib/apt/lists": "of apt",
    "var/cache/apt": "of apt",
    "var/cache/apk": "of apk",
    "etc/apk/cache": "of apk",
    "var/cache/yum": "of yum",
    "var/cache/dnf": "of dnf",
    "var/cache/zypp": "of zypper",
    "var/cache/pacman/pkg": "of pacman",
    "usr/local/cargo/registry": "of cargo",
    "go/pkg/mod/cache": "of go",
}
_HOME_CACHES: Final = {
    ".cache/pip": "of pip",
    ".cache/uv": "of uv",
    ".cache/go-build": "of go",
    ".cache/yarn": "of yarn",
    ".cargo/registry": "of cargo",
    ".gradle/caches": "of gradle",
    ".m2/repository": "of maven",
    ".npm/_cacache": "of npm",
    ".composer/cache": "of composer",
}
_EMPTY_CACHES: Final = ("lock", "partial", "archives", "auxfiles", "CACHEDIR.TAG")
"""Names that stay in caches which were cleaned."""
_REPOSITORIES: Final = {".git": "HEAD", ".hg": "requires", ".svn": "wc.db"}

_KEY_FILES: Final = (
    "/.aws/credentials",
    "/.docker/config.json",
    "/.git-credentials",
    "/.kube/config",
    "/.netrc",
    "/.pgpass",
    "/.pypirc",
    "/.config/gcloud/credentials.db",
    "/.config/gh/hosts.yml",
    "/.ssh/id_dsa",
    "/.ssh/id_ecdsa",
    "/.ssh/id_ed25519",
    "/.ssh/id_rsa",
    "/.vault-token",
)
"""Files that hold logins wherever they are; settings without a login in them are rare."""
_ENVIRONMENT_FILE: Final = re.compile(r"\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[\w.-]+)?", re.ASCII)
_HISTORY_ARGUMENT: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(\S*)")


def check(
    variant: Variant,
    layers: Sequence[Layer],
    files: FileSystem,
    findings: Findings,
    setuid: tuple[str, ...] | None = None,
) -> None:
    """Look at the names of all files, and at what was seen in them; `setuid` are the files that may be so."""
    for entry in files:
        _check_tool(entry, variant, findings)
        _check_repository(entry, variant, findings)
    _check_set_user(files, setuid, variant, findings)
    _check_caches(files, variant, findings)
    _check_secrets(layers, files, variant, findings)
    _check_settings(variant, findings)


def _check_tool(entry: Entry, variant: Variant, findings: Findings) -> None:
    folder, _, name = entry.path.rpartition("/")
    if entry.kind == "folder" or folder.rpartition("/")[2] not in ("bin", "sbin"):
        return
    if name not in _TOOLS and not _VERSIONED.fullmatch(name):
        return
    if entry.kind == "link" or entry.mode & 0o111:
        _add(findings, checks.COMPILER, variant, entry.path, "is a tool of the build", "build in a stage of its own")


def _check_set_user(files: FileSystem, setuid: tuple[str, ...] | None, variant: Variant, findings: Findings) -> None:
    """List the programs that run as their owner, or find those that the contract does not list."""
    found = set_user_files(files)
    if setuid is None:
        if found:
            message = f"{len(found)} programs run as their user or group: {', '.join(found)}"
            findings.add(checks.SETUID_FILE, message, platform=variant.name)
        return
    for file in found:
        if file not in setuid:
            message = f"{file} runs as its user or group, whoever starts it, against the contract"
            findings.add(checks.SETUID_FILE, message, platform=variant.name, file=file, severity=Severity.ERROR)


def set_user_files(files: FileSystem) -> list[str]:
    """The programs that run as their owner."""
    return [f"/{entry.path}" for entry in files if _sets_user(entry)]


def _sets_user(entry: Entry) -> bool:
    return entry.kind == "file" and bool(entry.mode & _SET_USER) and bool(entry.mode & 0o111)


def _check_repository(entry: Entry, variant: Variant, findings: Findings) -> None:
    folder, _, file = entry.path.rpartition("/")
    name = folder.rpartition("/")[2]
    if name in _REPOSITORIES and file == _REPOSITORIES[name]:
        help = f"add {name} to .dockerignore"
        _add(findings, checks.REPOSITORY, variant, folder, "is a repository with its history", help)


def _check_caches(files: FileSystem, variant: Variant, findings: Findings) -> None:
    """One finding for each cache, with what it costs."""
    homes = ["root", *(f"home/{name}" for name in files.names("home"))]
    places = dict(_CACHES)
    places |= {f"{home}/{cache}": what for home in homes for cache, what in _HOME_CACHES.items()}
    for place, what in places.items():
        if not files.exists(place):
            continue
        held = [
            entry
            for entry in files
            if entry.kind == "file"
            and entry.path.startswith(f"{place}/")
            and entry.path.rpartition("/")[2] not in _EMPTY_CACHES
        ]
        if held:
            size = sum(entry.size for entry in held) / 1e6
            said = f"holds a cache {what}: {len(held)} files, {size:.1f} MB"
            help = "remove it in the step that fills it, or mount it: RUN --mount=type=cache"
            _add(findings, checks.PACKAGE_CACHE, variant, place, said, help)


def _check_secrets(layers: Sequence[Layer], files: FileSystem, variant: Variant, findings: Findings) -> None:
    """Secrets of every layer: what a later layer deletes can still be read from the earlier one."""
    for number, layer in enumerate(layers, 1):
        for entry in layer.entries:
            what = _secret(entry)
            if not what:
                continue
            current = files.entries.get(files.real_parent(entry.path))
            if current is not None and current.content == entry.content and current.size == entry.size:
                help = "mount secrets into the step that needs them: RUN --mount=type=secret"
                _add(findings, checks.SECRET, variant, entry.path, f"holds {what}", help)
            else:
                said = f"holds {what} in layer {number} of {len(layers)}, and a later layer only hides it"
                help = "whoever pulls the image has that layer: build without it, and replace the secret"
                _add(findings, checks.DELETED_SECRET, variant, entry.path, said, help)


def _secret(entry: Entry) -> str:
    """What kind of secret a file holds, by its content or else its name."""
    if entry.kind != "file" or not entry.size:
        return ""
    if entry.content.secret:
        return entry.content.secret
    if f"/{entry.path}".endswith(_KEY_FILES):
        return "logins"
    if _ENVIRONMENT_FILE.fullmatch(entry.path.rpartition("/")[2]):
        return "settings of an environment, which are seldom for everybody"
    return ""


def _check_settings(variant: Variant, findings: Findings) -> None:
    """Secrets among the variables, and in the history, where build arguments end up."""
    for name, value in environment(variant.config).items():
        if _is_secret(name, value):
            message = f"the variable {name} looks like a secret, and everybody can read it"
            findings.add(
                checks.SECRET_IN_SETTINGS, message, platform=variant.name, help="give it when the container starts"
            )
    for step in variant.history:
        arguments = step.split(" /bin/sh -c", 1)[0] if step.startswith(("RUN |", "|")) else ""
        for name, value in _HISTORY_ARGUMENT.findall(arguments):
            if _is_secret(name, value):
                message = f"the build argument {name} looks like a secret, and the image's history shows it"
                help = "mount it into the step that needs it: RUN --mount=type=secret"
                findings.add(checks.SECRET_IN_SETTINGS, message, platform=variant.name, help=help)


def _is_secret(name: str, value: str) -> bool:
    """Whether a value is likely to be secret; a path says where one is, and a switch or a number says nothing."""
    if not looks_secret(name) or not value or parse_bool(value) is not None or value.isdecimal():
        return False
    return not value.startswith(("/", "./", "file:", "$"))


def _add(findings: Findings, check: checks.Check, variant: Variant, path: str, said: str, help: str | None) -> None:
    findings.add(check, f"/{path} {said}", platform=variant.name, file=f"/{path}", help=help)
