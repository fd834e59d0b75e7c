"""Where everything lives: all of it below `.engine/` in the repository."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

# A unix socket's path has room for 107 bytes, and the longest below the run folder is
# `docker/libnetwork/<12 letters>.sock`.
_LONGEST_RUN = 60


@dataclass(frozen=True)
class Layout:
    """The folders and files of one engine."""

    home: Path

    @property
    def client(self) -> Path:
        """Unpacked command-line packages: docker and buildx."""
        return self.home / "client"

    @property
    def server(self) -> Path:
        """Unpacked packages of the daemons, emulators and debootstrap."""
        return self.home / "server"

    @property
    def run(self) -> Path:
        """Sockets and process records; elsewhere when the repository's own path is too long for a socket."""
        inside = self.home / "run"
        if len(os.fsencode(inside)) <= _LONGEST_RUN:
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:8]
        return Path("/run") / f"bakectl-engine-{name}"

    @property
    def socket(self) -> Path:
        return self.run / "docker.sock"

    @property
    def containerd_socket(self) -> Path:
        return self.run / "containerd.sock"

    @property
    def logs(self) -> Path:
        return self.home / "log"

    @property
    def configuration(self) -> Path:
        return self.home / "etc"

    @property
    def docker_config(self) -> Path:
        return self.home / "docker-config"

    @property
    def links(self) -> Path:
        """Programs under the names that the daemons look for (`iptables`)."""
        return self.home / "sbin"

    @property
    def facts(self) -> Path:
        """The KEY=VALUE file that the Makefile and the tests read."""
        return self.home / "env"

    @property
    def record(self) -> Path:
        """What `up` changed on this machine, so that `down` can change it back."""
        return self.home / "changed.json"

    def program(self, name: str) -> Path | None:
        """Find a program among the unpacked ones, else on PATH."""
        folders = (*self.program_folders(), *system_folders())
        return next((folder / name for folder in folders if os.access(folder / name, os.X_OK)), None)

    def program_folders(self) -> tuple[Path, ...]:
        """Folders of unpacked programs, for PATH."""
        parts = ("usr/bin", "usr/sbin", "sbin", "bin")
        return (self.links, *(tree / part for tree in (self.client, self.server) for part in parts))

    def libraries(self) -> tuple[Path, ...]:
        """Folders of unpacked shared libraries, for LD_LIBRARY_PATH."""
        found = {path.parent for pattern in ("usr/lib/*/*.so.*", "lib/*/*.so.*") for path in self.server.glob(pattern)}
        return tuple(sorted(found))


def system_folders() -> tuple[Path, ...]:
    """Folders of the machine's own programs: PATH, and the ones for root that a user's PATH may lack."""
    named = [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    return (*named, Path("/usr/sbin"), Path("/sbin"))
