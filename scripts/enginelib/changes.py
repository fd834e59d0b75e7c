"""The record of what `up` changed outside `.engine/`, written before each change and undone by `down`."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Changes:
    """Facts about the machine from before, and the additions to take back; of one boot only."""

    boot: str
    handlers: tuple[str, ...] = ()
    mounted_binfmt: bool = False
    had_bridge: bool = True
    had_rules: bool = True
    forward_policy: str = ""
    ip_forward: str = ""
    iptables: str = ""
    new_run_folders: tuple[str, ...] = ()
    registry_container: str = ""

    def write(self, path: Path) -> None:
        """Keep the record, replacing the former one in one step."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(dataclasses.asdict(self), indent=1), encoding="utf-8")
        fresh.replace(path)


def this_boot() -> str:
    """Name the boot of the running kernel."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def read_changes(path: Path) -> Changes | None:
    """Read the record; None where there is none, and where the machine was started anew since."""
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    for name in ("handlers", "new_run_folders"):
        fields[name] = tuple(fields[name])
    changes = Changes(**fields)
    return changes if changes.boot == this_boot() else None
