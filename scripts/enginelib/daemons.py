"""The three daemons of the unpacked engine: containerd, dockerd and the registry."""

import json
import shutil
import socket
from pathlib import Path

from enginelib.command import capture, say
from enginelib.layout import Layout
from enginelib.network import is_port_free, is_registry, mtu_of_default_route, tool_environment
from enginelib.problem import Problem
from enginelib.service import Service

_FIRST_PORT = 5000
STRAY_PROGRAMS = frozenset({"containerd-shim-runc-v2", "runc", "docker-proxy", "docker-init"})


def services(layout: Layout) -> dict[str, Service]:
    """The daemons in the order in which they start."""
    names = ("containerd", "dockerd", "registry")
    return {name: Service(name, layout.run / f"{name}.json", layout.logs / f"{name}.log") for name in names}


def start_containerd(layout: Layout) -> None:
    """Start containerd with its state below `.engine/`."""
    configuration = layout.configuration / "containerd.toml"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    unused = [f"io.containerd.{name}" for name in ("grpc.v1.cri", "cri.v1.images", "cri.v1.runtime", "nri.v1.nri")]
    configuration.write_text(
        f"version = 2\nroot = {json.dumps(str(layout.home / 'containerd'))}\n"
        f"state = {json.dumps(str(layout.run / 'containerd'))}\ndisabled_plugins = {json.dumps(unused)}\n"
        f"[grpc]\naddress = {json.dumps(str(layout.containerd_socket))}\n"
        f'[plugins."io.containerd.internal.v1.opt"]\npath = {json.dumps(str(layout.home / "opt"))}\n',
        encoding="utf-8",
    )
    services(layout)["containerd"].start(
        [_need(layout, "containerd"), "--config", configuration, "--log-level", "warn"],
        env=tool_environment(layout),
        is_ready=lambda: _answers(layout.containerd_socket),
    )


def start_dockerd(layout: Layout, *, has_iptables: bool) -> None:
    """Start dockerd on containerd's image store, which is what holds images of several platforms."""
    settings: dict[str, object] = {
        "features": {"containerd-snapshotter": True},
        "data-root": str(layout.home / "docker"),
        "exec-root": str(layout.run / "docker"),
        "pidfile": str(layout.run / "dockerd.pid"),
        "hosts": [f"unix://{layout.socket}"],
        "containerd": str(layout.containerd_socket),
        "storage-driver": _snapshotter(layout.home),
        "ip6tables": False,
        "mtu": mtu_of_default_route(),
        "shutdown-timeout": 5,
        "log-level": "warn",
    }
    if not has_iptables:
        settings |= {"iptables": False, "bridge": "none"}
    configuration = layout.configuration / "dockerd.json"
    configuration.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    # A killed daemon leaves this file, and the next one takes a stranger with the same number for its predecessor.
    (layout.run / "dockerd.pid").unlink(missing_ok=True)
    services(layout)["dockerd"].start(
        [_need(layout, "dockerd"), "--config-file", configuration],
        env={**tool_environment(layout), "DOCKER_TMPDIR": str(layout.home / "tmp")},
        is_ready=lambda: is_engine(layout.socket),
    )


def start_registry(layout: Layout) -> str:
    """Start a registry on loopback and return its address; port 5000 if it is free, else the next free one."""
    port = next((port for port in range(_FIRST_PORT, _FIRST_PORT + 100) if is_port_free(port)), None)
    if port is None:
        raise Problem(f"no free port on loopback from {_FIRST_PORT} on")
    if port != _FIRST_PORT:
        say(f"  port {_FIRST_PORT} is taken, the registry listens on {port}")
    address = f"127.0.0.1:{port}"
    configuration = layout.configuration / "registry.yml"
    # JSON is YAML.
    settings = {
        "version": 0.1,
        "log": {"level": "warn", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(layout.home / "registry")}, "delete": {"enabled": True}},
        "http": {"addr": address},
    }
    configuration.write_text(json.dumps(settings, indent=1), encoding="utf-8")
    services(layout)["registry"].start(
        [_need(layout, "docker-registry"), "serve", configuration],
        env={**tool_environment(layout), "OTEL_TRACES_EXPORTER": "none"},
        is_ready=lambda: is_registry(address),
    )
    return address


def registry_address(layout: Layout) -> str:
    """Return the address that the running registry was started with."""
    try:
        settings = json.loads((layout.configuration / "registry.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(settings["http"]["addr"])


def is_engine(path: Path) -> bool:
    """Tell whether a Docker Engine answers on this socket."""
    try:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.settimeout(5)
            wire.connect(str(path))
            wire.sendall(b"GET /_ping HTTP/1.0\r\n\r\n")
            return b" 200 " in wire.recv(64)
    except OSError:
        return False


def unmount_below(folder: Path) -> None:
    """Unmount whatever is mounted below a folder, the deepest first."""
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    points = [Path(line.split()[1].encode().decode("unicode_escape")) for line in lines]
    for point in reversed([point for point in points if point.is_relative_to(folder)]):
        capture(["umount", "--lazy", point])


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(path))
    except OSError:
        return False
    return True


def _need(layout: Layout, name: str) -> Path:
    found = layout.program(name)
    if found is None:
        raise Problem(f'the program "{name}" is not among the unpacked packages')
    return found


def _snapshotter(home: Path) -> str:
    """Choose overlayfs where the file system below `.engine/` can carry it, else plain copies."""
    trial = home / "overlay-trial"
    parts = {name: trial / name for name in ("lower", "upper", "work", "merged")}
    for part in parts.values():
        part.mkdir(parents=True, exist_ok=True)
    options = ",".join(f"{name}dir={parts[name]}" for name in ("lower", "upper", "work"))
    works = capture(["mount", "-t", "overlay", "overlay", "-o", options, parts["merged"]]).is_success
    if works:
        capture(["umount", parts["merged"]])
    shutil.rmtree(trial, ignore_errors=True)
    if not works:
        say("  overlayfs does not work here: layers are copied instead, which is slower")
    return "overlayfs" if works else "native"
