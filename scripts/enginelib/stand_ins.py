"""Stand-ins for the base images, made from Debian packages where Docker Hub cannot be reached."""

import concurrent.futures
import json
import re
import shutil
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from enginelib.client import Client
from enginelib.command import capture, say
from enginelib.daemons import unmount_below
from enginelib.layout import Layout
from enginelib.network import tool_environment
from enginelib.packages import Archive, find_archive
from enginelib.problem import Exit, Problem

RECIPES = Path(__file__).resolve().parent / "stand_in_recipes"
_HUB_SECONDS = 30.0
_TRIES = 3
_PAUSE_SECONDS = 5.0
_NETWORK_FAULT = re.compile(
    "Failed getting release file|Couldn't (?:download|retrieve)|"
    "Temporary failure|Failed to fetch|Could not (?:resolve|connect)"
)
# What the slim images of Docker Hub leave out as well; licences stay.
_NOT_SLIM = ("man", "locale", "info", "groff", "lintian", "linda")


@dataclass(frozen=True)
class Root:
    """One root file system: Debian's name of the architecture, Docker's, and whether this machine runs it."""

    debian: str
    docker: str
    is_native: bool = False


_ROOTS = (Root("amd64", "amd64", is_native=True), Root("arm64", "arm64"), Root("armhf", "arm"))
_REPOSITORIES = {"BAKECTL_ENGINE_DEBIAN_BASE": "stand-in/debian", "BAKECTL_ENGINE_RUST_BASE": "stand-in/cargo-chef"}


def present_stand_ins(address: str) -> dict[str, str]:
    """Return the stand-ins that the registry holds, by the name of their fact."""
    found: dict[str, str] = {}
    for name, repository in _REPOSITORIES.items():
        tags = _tags(address, repository)
        if tags:
            found[name] = f"{address}/{repository}:{tags[-1]}"
    return found


def is_hub_reachable(client: Client, *, host: str) -> bool:
    """Tell whether the real base image can be had."""
    command = [str(client.docker), "buildx", "imagetools", "inspect", "debian:bookworm-slim"]
    return capture(command, env=client.environment(host=host), timeout=_HUB_SECONDS).is_success


def make_stand_ins(layout: Layout, client: Client, *, host: str, address: str) -> dict[str, str]:
    """Make and push what the registry does not hold yet; return the stand-ins by the name of their fact."""
    present = present_stand_ins(address)
    if len(present) == len(_REPOSITORIES):
        say("the stand-ins are in the registry already")
        return present
    archive = find_archive()
    if archive.architecture != "amd64":
        raise Problem(f"the stand-ins are made on amd64 only, and this is {archive.architecture}")
    started = time.monotonic()
    say("making stand-ins for the base images from Debian packages (they are not the images of Docker Hub):")
    env = client.environment(host=host)
    debian = f"{address}/stand-in/debian:{archive.codename}-slim"
    rust = f"{address}/stand-in/cargo-chef:rust-{archive.codename}"
    folder = layout.home / "bases"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            made = [pool.submit(_make_root, layout, archive, root, folder) for root in _ROOTS]
            for future in concurrent.futures.as_completed(made):
                say(f"  root file system of {future.result().debian} ({time.monotonic() - started:.0f} s)")
        shutil.copy(RECIPES / "debian.Dockerfile", folder)
        platforms = ("--platform", "linux/amd64,linux/arm64,linux/arm/v7")
        _build(client, env, ["--file", folder / "debian.Dockerfile", *platforms, "--tag", debian, folder])
        say(f"  {debian} for three platforms ({time.monotonic() - started:.0f} s)")
        recipe = ("--file", RECIPES / "rust.Dockerfile", "--build-arg", f"BASE={debian}")
        _build(client, env, [*recipe, "--tag", rust, RECIPES])
        say(f"  {rust} for linux/amd64 ({time.monotonic() - started:.0f} s)")
    finally:
        unmount_below(folder)
        shutil.rmtree(folder, ignore_errors=True)
    return present_stand_ins(address)


def _make_root(layout: Layout, archive: Archive, root: Root, folder: Path) -> Root:
    """Make a root file system and pack it."""
    tree = folder / root.debian
    _debootstrap(layout, archive, root, tree)
    if not root.is_native:
        shutil.rmtree(tree / "debootstrap")
        for name in ("passwd", "group"):
            shutil.copy(tree / f"usr/share/base-passwd/{name}.master", tree / "etc" / name)
    (tree / "etc/apt").mkdir(parents=True, exist_ok=True)
    (tree / "etc/apt/sources.list").write_text(f"deb {archive.mirror} {archive.codename} main\n", encoding="utf-8")
    _slim(tree)
    packed = folder / f"root-{root.docker}.tar"
    kernels = [f"--exclude=./{name}/*" for name in ("dev", "proc", "sys")]
    done = capture(["tar", "-C", tree, "--numeric-owner", *kernels, "-cf", packed, "."])
    if not done.is_success:
        raise Problem(f"cannot pack the root file system of {root.debian}: {done.complaint}")
    shutil.rmtree(tree)
    return root


def _debootstrap(layout: Layout, archive: Archive, root: Root, tree: Path) -> None:
    """Unpack the packages of a root file system; a foreign one is not configured, for no step runs in it."""
    program = layout.program("debootstrap")
    if program is None:
        raise Problem("debootstrap is missing", help="apt-get install debootstrap")
    command: list[str | Path] = [program, "--variant=minbase", f"--arch={root.debian}"]
    command += [f"--keyring={archive.keyring}"] if archive.keyring else []
    command += [] if root.is_native else ["--foreign"]
    env = tool_environment(layout)
    # The programs inside the new root must find its libraries, not those that were unpacked for the daemons.
    env.pop("LD_LIBRARY_PATH", None)
    scripts = layout.server / "usr/share/debootstrap"
    if scripts.is_dir():
        env["DEBOOTSTRAP_DIR"] = str(scripts)
    for left in reversed(range(_TRIES)):
        shutil.rmtree(tree, ignore_errors=True)
        done = capture([*command, archive.codename, tree, archive.mirror], env=env)
        if done.is_success:
            return
        unmount_below(tree)
        if not _NETWORK_FAULT.search(done.stdout + done.stderr):
            raise Problem(f"debootstrap failed for {root.debian}:\n{done.complaint}")
        if left:
            time.sleep(_PAUSE_SECONDS)
    raise Problem(
        f"debootstrap could not fetch the packages for {root.debian}:\n{done.complaint}",
        help="call this again later",
        code=Exit.NETWORK,
    )


def _slim(tree: Path) -> None:
    for name in (*(f"usr/share/{part}" for part in _NOT_SLIM), "var/lib/apt/lists", "var/cache/apt", "var/log"):
        shutil.rmtree(tree / name, ignore_errors=True)
        (tree / name).mkdir(parents=True, exist_ok=True)
    (tree / "var/lib/apt/lists/partial").mkdir()
    (tree / "var/cache/apt/archives/partial").mkdir(parents=True)
    for path in (tree / "usr/share/doc").rglob("*"):
        if path.is_file() and path.name != "copyright":
            path.unlink()


def _build(client: Client, env: dict[str, str], words: list[str | Path]) -> None:
    command = [client.docker, "buildx", "build", "--progress=plain", "--provenance=false", "--push", *words]
    done = capture(command, env=env)
    if not done.is_success:
        code = Exit.NETWORK if _NETWORK_FAULT.search(done.stdout + done.stderr) else Exit.MISSING
        raise Problem(f"a stand-in could not be built:\n{done.complaint}", code=code)


def _tags(address: str, repository: str) -> list[str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{address}/v2/{repository}/tags/list", timeout=5) as answer:
            return sorted(json.load(answer).get("tags") or [])
    except (OSError, ValueError):
        return []
