"""What containers need of the host's network: which iptables works, what the daemon leaves behind, free ports."""

import os
import re
import shlex
import socket
import urllib.request
from pathlib import Path

from enginelib.command import capture
from enginelib.layout import Layout, system_folders

_SWITCH = Path("/proc/sys/net/ipv4/ip_forward")
_PROBE = "BAKECTL-PROBE"
_TABLES = ("nat", "filter", "raw", "mangle")
_OF_DOCKER = re.compile(r"\bDOCKER\b|\bDOCKER-[A-Z0-9-]+|\bdocker0\b|\bbr-[0-9a-f]{12}\b")


def find_iptables(layout: Layout) -> Path | None:
    """Return an iptables that this kernel accepts: the machine's own, else the unpacked nft or legacy one."""
    candidates = [folder / "iptables" for folder in system_folders() if folder != layout.links]
    candidates += [layout.server / "usr/sbin" / name for name in ("iptables-nft", "iptables-legacy")]
    return next((path for path in candidates if os.access(path, os.X_OK) and _accepts(path, layout)), None)


def _accepts(iptables: Path, layout: Layout) -> bool:
    """Try in a chain of its own what the daemon is going to ask for."""
    rule = ("-m", "addrtype", "--dst-type", "LOCAL", "-j", "RETURN")
    actions = (("-N", _PROBE), ("-A", _PROBE, *rule), ("-F", _PROBE), ("-X", _PROBE))
    env = tool_environment(layout)
    # A list, so that the chain is removed again even where the rule was refused.
    tried = [capture([iptables, "-w", "-t", "nat", *words], env=env) for words in actions]
    return all(outcome.is_success for outcome in tried)


def tool_environment(layout: Layout) -> dict[str, str]:
    """The environment in which unpacked programs find each other and their libraries."""
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join(map(str, (*layout.program_folders(), *system_folders())))
    libraries = layout.libraries()
    if libraries:
        env["LD_LIBRARY_PATH"] = os.pathsep.join(map(str, libraries))
    plugins = [path for folder in libraries if (path := folder / "xtables").is_dir()]
    if plugins:
        env["XTABLES_LIBDIR"] = str(plugins[0])
    return env


def link_iptables(layout: Layout, iptables: Path) -> None:
    """Give the chosen iptables its plain name, which Debian's packages leave to the alternatives system."""
    layout.links.mkdir(parents=True, exist_ok=True)
    for name in ("iptables", "iptables-save", "iptables-restore"):
        link = layout.links / name
        link.unlink(missing_ok=True)
        if iptables.is_relative_to(layout.server):
            link.symlink_to(iptables.resolve())


def has_bridge() -> bool:
    """Tell whether docker's default bridge exists."""
    return any(name == "docker0" for _, name in socket.if_nameindex())


def has_rules(iptables: Path, layout: Layout) -> bool:
    """Tell whether there are already rules of a docker daemon."""
    return any(_OF_DOCKER.search(line) for line in _rules(iptables, "nat", layout))


def forward_policy(iptables: Path, layout: Layout) -> str:
    """Return what happens to forwarded packets by default: ACCEPT or DROP."""
    first = next((line for line in _rules(iptables, "filter", layout) if line.startswith("-P FORWARD ")), "")
    return first.removeprefix("-P FORWARD ")


def ip_forward() -> str:
    """Return the kernel's forwarding switch, "0" or "1"."""
    return _SWITCH.read_text().strip()


def set_ip_forward(value: str) -> None:
    """Put the kernel's forwarding switch back."""
    if value and ip_forward() != value:
        _SWITCH.write_text(value)


def remove_rules(iptables: Path, layout: Layout, *, policy: str) -> None:
    """Remove the chains and rules that a docker daemon leaves, and restore the policy of forwarding."""
    env = tool_environment(layout)
    for table in _TABLES:
        rules = _rules(iptables, table, layout)
        for line in rules:
            chain = line.split()[1] if " " in line else ""
            if line.startswith("-A ") and not chain.startswith("DOCKER") and _OF_DOCKER.search(line):
                capture([iptables, "-w", "-t", table, "-D", *shlex.split(line)[1:]], env=env)
        chains = [line.split()[1] for line in rules if line.startswith("-N DOCKER")]
        for action in ("-F", "-X"):
            for chain in chains:
                capture([iptables, "-w", "-t", table, action, chain], env=env)
    if policy:
        capture([iptables, "-w", "-P", "FORWARD", policy], env=env)


def _rules(iptables: Path, table: str, layout: Layout) -> list[str]:
    return capture([iptables, "-w", "-t", table, "-S"], env=tool_environment(layout)).stdout.splitlines()


def remove_bridges(layout: Layout) -> None:
    """Remove the bridges of docker that no daemon serves any more."""
    for _, name in socket.if_nameindex():
        if re.fullmatch(r"docker0|br-[0-9a-f]{12}", name):
            capture(["ip", "link", "delete", name], env=tool_environment(layout))


def mtu_of_default_route() -> int:
    """Return the packet size of the way out; a bridge with a larger one loses large packets."""
    for line in Path("/proc/net/route").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1] == "00000000":
            return int((Path("/sys/class/net") / fields[0] / "mtu").read_text())
    return 1500


def is_port_free(port: int) -> bool:
    """Tell whether a loopback port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def is_registry(address: str) -> bool:
    """Tell whether a registry answers at this address of the loopback."""
    # Whatever proxy the environment names, loopback is not behind it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{address}/v2/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False
