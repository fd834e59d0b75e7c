"""Bringing the engine up, saying how it is, and taking it down again with everything it changed."""

import contextlib
import dataclasses
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from enginelib import emulation, network
from enginelib.changes import Changes, read_changes, this_boot
from enginelib.client import Client, ForeignEngine, ensure_client, find_client, find_foreign_engine
from enginelib.command import capture, say
from enginelib.daemons import (
    STRAY_PROGRAMS,
    is_engine,
    registry_address,
    services,
    start_containerd,
    start_dockerd,
    start_registry,
    unmount_below,
)
from enginelib.facts import read_facts, write_facts
from enginelib.layout import Layout
from enginelib.packages import ENGINE_SUITE, SERVER_PACKAGES, find_archive, unpack
from enginelib.problem import Problem
from enginelib.service import Service, end_strays
from enginelib.stand_ins import present_stand_ins

# Both daemons make a folder here, whatever their settings say: sockets of the shims and of plugins.
_RUN_FOLDERS = (Path("/run/containerd"), Path("/run/docker"))
_REGISTRY_CONTAINER = "bakectl-engine-registry"
_PLATFORMS = ("linux/amd64", "linux/arm64", "linux/arm/v7")


@contextlib.contextmanager
def exclusive(layout: Layout) -> Iterator[None]:
    """Let one command at a time change the engine."""
    is_new = not layout.home.exists()
    layout.home.mkdir(parents=True, exist_ok=True)
    lock = layout.home / "lock"
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if is_new and all(path == lock for path in layout.home.glob("*")):
                shutil.rmtree(layout.home, ignore_errors=True)


def is_own_engine_up(layout: Layout) -> bool:
    """Tell whether the daemons below `.engine/` run and answer."""
    return all(service.process() for service in services(layout).values()) and is_engine(layout.socket)


def up(layout: Layout) -> None:
    """Bring up an engine, a registry and the emulators; whatever already runs is kept."""
    foreign = None if is_own_engine_up(layout) else find_foreign_engine(layout)
    if foreign is not None:
        _adopt(layout, foreign)
        return
    if not is_engine(layout.socket):
        _announce(layout)
    client = ensure_client(layout, unpacked=True)
    if not layout.server.exists():
        say("fetching the daemons and emulators from Debian into .engine/server (nothing is installed)")
        unpack(layout, find_archive(), SERVER_PACKAGES, into=layout.server)
        emulation.drop_other_emulators(layout.server)
    started = time.monotonic()
    was_up = is_engine(layout.socket)
    try:
        address = _start(layout)
    except (Problem, KeyboardInterrupt):
        if not was_up:
            down(layout)
        raise
    host = f"unix://{layout.socket}"
    write_facts(layout, client, host=host, registry=address, stand_ins=present_stand_ins(address))
    say(f"the engine is up: {host}, registry {address} ({time.monotonic() - started:.1f} s)")


def _announce(layout: Layout) -> None:
    """Say what is going to happen, or what stands in the way."""
    if os.geteuid() != 0:
        raise Problem(
            "no Docker Engine answers, and starting one needs root",
            help="start Docker (with buildx 0.29 or later), set DOCKER_HOST, "
            'or call "scripts/engine up" as root on Debian; "scripts/engine buildx" needs no root',
        )
    archive = find_archive()
    if not Path("/sys/fs/cgroup").is_dir() or not any(Path("/sys/fs/cgroup").iterdir()):
        raise Problem("no control groups are mounted at /sys/fs/cgroup", help="mount -t cgroup2 cgroup2 /sys/fs/cgroup")
    say("no Docker Engine answers, so one is started from Debian packages. This will:")
    if not layout.client.exists() or not layout.server.exists():
        say(f"  - fetch them, about 110 MB, from apt's archive of {archive.codename} and its suite {ENGINE_SUITE},")
        say(f"    and unpack them under {layout.home}; apt's own lists stay as they are, nothing is installed")
    say("  - start containerd, dockerd and a registry on 127.0.0.1, all files and the socket there")
    say("  - register QEMU for arm64 and arm with the kernel (binfmt_misc) where it is missing")
    say("  - let dockerd create its bridge docker0, its iptables chains and turn on IPv4 forwarding")
    say('"scripts/engine down" undoes it, "down --purge" removes the files as well.')


def _start(layout: Layout) -> str:
    """Start what does not run, and return the registry's address."""
    daemons = services(layout)
    layout.run.mkdir(parents=True, exist_ok=True)
    (layout.home / "tmp").mkdir(exist_ok=True)
    changes = read_changes(layout.record)
    is_engine_up = bool(daemons["containerd"].process() and daemons["dockerd"].process() and is_engine(layout.socket))
    if not is_engine_up:
        _stop_engine(layout)
    iptables = network.find_iptables(layout)
    if changes is None:
        changes = _observe(layout, iptables)
        changes.write(layout.record)
    _register_handlers(layout, changes)
    if not is_engine_up:
        if iptables is None:
            say('  no iptables works here: containers get no network of their own, build with "--network host"')
        else:
            network.link_iptables(layout, iptables)
        start_containerd(layout)
        start_dockerd(layout, has_iptables=iptables is not None)
    return registry_address(layout) if daemons["registry"].process() else start_registry(layout)


def _observe(layout: Layout, iptables: Path | None) -> Changes:
    return Changes(
        boot=this_boot(),
        had_bridge=network.has_bridge(),
        had_rules=iptables is not None and network.has_rules(iptables, layout),
        forward_policy=network.forward_policy(iptables, layout) if iptables else "",
        ip_forward=network.ip_forward(),
        iptables=str(iptables or ""),
        new_run_folders=tuple(str(folder) for folder in _RUN_FOLDERS if not folder.exists()),
    )


def _register_handlers(layout: Layout, changes: Changes) -> None:
    if not emulation.is_mounted():
        changes = dataclasses.replace(changes, mounted_binfmt=True)
        changes.write(layout.record)
        emulation.mount_table()
    for name in emulation.missing_handlers():
        changes = dataclasses.replace(changes, handlers=tuple(sorted({*changes.handlers, name})))
        changes.write(layout.record)
        emulation.register(name, layout)


def _adopt(layout: Layout, foreign: ForeignEngine) -> None:
    """Use the engine that runs: add only buildx and a registry, and say what it lacks."""
    say(f"a Docker Engine {foreign.version} answers: it is used as it is, nothing is started in its place")
    client = ensure_client(layout)
    address, container = _find_registry(client)
    if container:
        kept = read_changes(layout.record) or Changes(boot=this_boot())
        dataclasses.replace(kept, registry_container=container).write(layout.record)
    if not foreign.is_multi_platform:
        say('  missing: the containerd image store, so that images of several platforms can be kept; set {"features":'
            '{"containerd-snapshotter":true}} in its daemon.json and restart it')  # fmt: skip
    lacking = [platform for platform in _PLATFORMS if foreign.platforms and platform not in foreign.platforms]
    if lacking:
        say(f"  missing: emulation for {', '.join(lacking)};")
        say("    docker run --privileged --rm tonistiigi/binfmt --install arm64,arm")
    write_facts(layout, client, host="", registry=address, stand_ins=present_stand_ins(address))


def _find_registry(client: Client) -> tuple[str, str]:
    """Return the address of a registry on loopback, and the name of the container if one had to be started."""
    address = "127.0.0.1:5000"
    if network.is_registry(address):
        return address, ""
    say(f"  starting a registry for it: the container {_REGISTRY_CONTAINER} on loopback")
    port = next(port for port in range(5000, 5100) if network.is_port_free(port))
    address = f"127.0.0.1:{port}"
    command = ["run", "--detach", "--rm", "--name", _REGISTRY_CONTAINER, "--publish", f"{address}:5000", "registry:2"]
    done = capture([client.docker, *command], env=client.environment(), timeout=300)
    end = time.monotonic() + 15
    while done.is_success and time.monotonic() < end:
        if network.is_registry(address):
            return address, _REGISTRY_CONTAINER
        time.sleep(0.2)
    say(f"  missing: a registry on loopback ({done.complaint or 'it does not answer'})")
    say("    Debian's package docker-registry has one: docker-registry serve CONFIG, listening on 127.0.0.1:5000")
    return "", ""


def down(layout: Layout, *, purge: bool = False) -> None:
    """Stop what was started, undo what was changed, and with `purge` remove the files as well."""
    changes = read_changes(layout.record)
    if changes is not None and changes.registry_container:
        client = find_client(layout)
        if client is not None:
            capture([client.docker, "rm", "--force", changes.registry_container], env=client.environment(), timeout=60)
            say(f"removed the container {changes.registry_container}")
    if any(layout.run.glob("*.json")) or changes is not None:
        if os.geteuid() != 0 and changes is not None and not changes.registry_container:
            raise Problem("stopping the engine needs root, as starting it did")
        if services(layout)["registry"].stop():
            say("stopped registry")
        _stop_engine(layout)
    if changes is not None:
        _undo(layout, changes)
    layout.record.unlink(missing_ok=True)
    layout.facts.unlink(missing_ok=True)
    if layout.run.exists():
        shutil.rmtree(layout.run)
    if purge:
        unmount_below(layout.home)
        shutil.rmtree(layout.home)
        say(f"removed {layout.home}")
    say("the engine is down")


def _stop_engine(layout: Layout) -> None:
    """Stop dockerd and containerd, and whatever a killed session of theirs left running or mounted."""
    daemons = services(layout)
    for name in ("dockerd", "containerd"):
        if daemons[name].stop():
            say(f"stopped {name}")
    strays = end_strays(layout.server, STRAY_PROGRAMS)
    if strays:
        say(f"ended {strays} processes that were left over")
    unmount_below(layout.run)
    unmount_below(layout.home)


def _undo(layout: Layout, changes: Changes) -> None:
    if emulation.is_mounted():
        for name in changes.handlers:
            if emulation.is_ours(name, layout):
                emulation.unregister(name)
                say(f"unregistered {name}")
        if changes.mounted_binfmt:
            emulation.unmount_table()
    if changes.iptables and not changes.had_rules:
        network.remove_rules(Path(changes.iptables), layout, policy=changes.forward_policy)
    if not changes.had_bridge:
        network.remove_bridges(layout)
    network.set_ip_forward(changes.ip_forward)
    for name in changes.new_run_folders:
        _remove_empty(Path(name))
    for folder in (Path("/sys/fs/cgroup/docker"), *Path("/sys/fs/cgroup").glob("*/docker")):
        _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    """Remove folders that hold only folders; a control group with a process in it stays as well."""
    for path, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(path).rmdir()


def status(layout: Layout) -> bool:
    """Print a line for each part to stdout; tell whether an engine can be used."""
    own = is_own_engine_up(layout)
    foreign = None if own else find_foreign_engine(layout)
    address = read_facts(layout).get("BAKECTL_ENGINE_REGISTRY", "")
    client = find_client(layout)
    lines = {name: _process_line(service) for name, service in services(layout).items()}
    lines["engine"] = f"unix://{layout.socket}" if own else "down"
    if foreign is not None:
        lines["engine"] = f"{foreign.version}, which was running already"
    lines["registry at"] = address if address and network.is_registry(address) else "none"
    lines |= {name: _handler_line(name, layout) for name in emulation.HANDLERS}
    lines["buildx"] = str(client.buildx) if client else "missing"
    lines["bases"] = ", ".join(present_stand_ins(address).values() if address else ()) or "no stand-ins"
    for name, line in lines.items():
        print(f"{name}: {line}")
    return own or foreign is not None


def _process_line(service: Service) -> str:
    process = service.process()
    return f"process {process.pid}" if process else "not started here"


def _handler_line(name: str, layout: Layout) -> str:
    if not emulation.is_mounted() or name in emulation.missing_handlers():
        return "missing"
    return "registered here" if emulation.is_ours(name, layout) else "registered by others"
