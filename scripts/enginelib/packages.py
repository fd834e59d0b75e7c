"""Debian packages fetched with a private apt configuration and unpacked below `.engine/`, never installed."""

import os
import platform
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from enginelib.command import Outcome, capture, say
from enginelib.layout import Layout
from enginelib.problem import Exit, Problem
from enginelib.sources import Source, read_sources, sources_of

# The suite that has a current engine; its packages need glibc 2.34 and nothing else from there.
ENGINE_SUITE = "forky"
CLIENT_PACKAGES = tuple(f"{name}/{ENGINE_SUITE}" for name in ("docker-cli", "docker-buildx"))
SERVER_PACKAGES = (
    *(f"{name}/{ENGINE_SUITE}" for name in ("docker.io", "containerd", "docker-registry")),
    "runc", "iptables", "qemu-user-static", "debootstrap",
)  # fmt: skip

_TRIES = 3
_PAUSE_SECONDS = 5.0
_PLANNED = re.compile(r"^Inst (?P<name>\S+) (?:\[\S+\] )?\((?P<version>\S+) ", re.MULTILINE)
_NOT_THE_NETWORK = re.compile(
    "Unable to locate package|has no installation candidate|unmet dependencies|NO_PUBKEY|is not signed|"
    "was not found|No space left|Malformed|could not be read|Permission denied|Read-only file system"
)


@dataclass(frozen=True)
class Archive:
    """The package archive in use: codename of the release, its entries in apt's sources, native architecture."""

    codename: str
    sources: tuple[Source, ...]
    architecture: str

    @property
    def mirror(self) -> str:
        """The address of the release's own archive, for debootstrap."""
        uri = self.sources[0].uris[0]
        if uri.startswith("mirror+file:"):
            return Path(uri.removeprefix("mirror+file:")).read_text(encoding="utf-8").split()[0]
        return uri

    @property
    def keyring(self) -> Path | None:
        named = {name.lower(): value for name, value in self.sources[0].options}.get("signed-by", "")
        return Path(named) if named.startswith("/") and " " not in named else None


def find_archive() -> Archive:
    """Read which Debian this is and where its apt fetches from; a problem on any other system."""
    advice = "install Docker Engine with buildx 0.29 or later, start it, and call this again: it will be used as it is"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    name = release.get("PRETTY_NAME", platform.system())
    if release.get("ID") != "debian" or shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise Problem(f"unpacking an engine needs Debian with apt, and this is {name}", help=advice)
    codename = release.get("VERSION_CODENAME", ENGINE_SUITE)
    sources = sources_of(codename, read_sources(Path("/etc/apt")))
    if not sources or not sources[0].uris or codename not in sources[0].suites:
        raise Problem(f'apt\'s sources name no archive for "{codename}" main', help="add one, or " + advice)
    return Archive(codename, sources, capture(["dpkg", "--print-architecture"]).stdout.strip())


def unpack(layout: Layout, archive: Archive, packages: Sequence[str], *, into: Path) -> None:
    """Fetch packages with the dependencies that the machine lacks and unpack them; whole, or not at all."""
    started = time.monotonic()
    apt = layout.home / "apt"
    half_done = into.with_suffix(".new")
    shutil.rmtree(half_done, ignore_errors=True)
    half_done.mkdir(parents=True)
    try:
        env = _configure(apt, archive)
        _apt(env, ["update", "--error-on=any", "-qq"], "read the package lists")
        plan = ["install", "--simulate", "--reinstall", "--no-install-recommends", *packages]
        simulation = _apt(env, plan, "plan the download")
        planned = [f"{match['name']}={match['version']}" for match in _PLANNED.finditer(simulation.stdout)]
        archives = apt / "archives"
        shutil.rmtree(archives, ignore_errors=True)
        archives.mkdir()
        if planned:
            _apt(env, ["download", "-qq", *planned], "download the packages", cwd=archives)
        for package in sorted(archives.glob("*.deb")):
            done = capture(["dpkg-deb", "-x", package, half_done])
            if not done.is_success:
                raise Problem(f"cannot unpack {package.name}: {done.complaint}")
        for name in ("doc", "man", "locale", "lintian"):
            shutil.rmtree(half_done / "usr/share" / name, ignore_errors=True)
        (half_done / "packages").write_text("\n".join(planned) + "\n", encoding="utf-8")
        shutil.rmtree(archives)
        shutil.rmtree(into, ignore_errors=True)
        half_done.rename(into)
    finally:
        shutil.rmtree(half_done, ignore_errors=True)
        if not into.exists():
            shutil.rmtree(apt, ignore_errors=True)
    say(f"  unpacked {len(planned)} packages in {time.monotonic() - started:.0f} s")


def _configure(apt: Path, archive: Archive) -> dict[str, str]:
    """Write the private apt configuration and return the environment that selects it."""
    for folder in ("lists/partial", "cache", "parts", "sources", "preferences"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    entries = [source.stanza(suites=source.suites, architecture=archive.architecture) for source in archive.sources]
    if archive.codename != ENGINE_SUITE:
        entries.append(archive.sources[0].stanza(suites=(ENGINE_SUITE,), architecture=archive.architecture))
    (apt / "sources" / "engine.sources").write_text("\n".join(entries), encoding="utf-8")
    pin = f"Package: *\nPin: release n={ENGINE_SUITE}\nPin-Priority: 100\n"
    (apt / "preferences" / "engine").write_text(pin, encoding="utf-8")
    # The machine's own settings count (proxies, credentials by reference), its hooks do not: they touch the system.
    for part in Path("/etc/apt/apt.conf.d").glob("*"):
        link = apt / "parts" / part.name
        link.unlink(missing_ok=True)
        link.symlink_to(part)
    hooks = ("APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success")
    (apt / "parts" / "zz-engine").write_text("".join(f"#clear {name};\n" for name in hooks), encoding="utf-8")
    settings = {
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": apt / "sources",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": apt / "preferences",
        "Dir::Etc::parts": apt / "parts",
        "Dir::State::lists": apt / "lists",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": "root",
        "Acquire::Languages": "none",
        "Acquire::http::Timeout": "30",
        "Acquire::https::Timeout": "30",
    }
    (apt / "apt.conf").write_text("".join(f'{name} "{value}";\n' for name, value in settings.items()), encoding="utf-8")
    return {**os.environ, "APT_CONFIG": str(apt / "apt.conf"), "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _apt(env: dict[str, str], words: list[str], purpose: str, *, cwd: Path | None = None) -> Outcome:
    for left in reversed(range(_TRIES)):
        done = capture(["apt-get", *words], env=env, cwd=cwd)
        if done.is_success:
            return done
        if _NOT_THE_NETWORK.search(done.stderr):
            raise Problem(f"apt cannot {purpose}:\n{done.complaint}")
        if left:
            say(f"  apt could not {purpose}, trying again in {_PAUSE_SECONDS:g} s")
            time.sleep(_PAUSE_SECONDS)
    raise Problem(
        f"apt could not {purpose} in {_TRIES} tries:\n{done.complaint}",
        help="the network is at fault and nothing was changed: call this again later",
        code=Exit.NETWORK,
    )
