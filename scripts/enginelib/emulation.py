"""QEMU's binfmt handlers: registered from the package's own files, and taken back one by one."""

import os
from pathlib import Path

from enginelib.command import capture
from enginelib.layout import Layout
from enginelib.problem import Problem

HANDLERS = ("qemu-aarch64", "qemu-arm")
_KERNEL = Path("/proc/sys/fs/binfmt_misc")


def drop_other_emulators(tree: Path) -> None:
    """Remove the emulators that no platform here needs from the unpacked package: they are most of its size."""
    kept = {(tree / _fields(name, tree)[6].lstrip("/")).resolve() for name in HANDLERS}
    for path in (tree / "usr/bin").glob("qemu-*-static"):
        if path.resolve() not in kept:
            path.unlink()


def is_mounted() -> bool:
    """Tell whether the kernel's table of handlers can be seen."""
    return (_KERNEL / "register").exists()


def mount_table() -> None:
    """Mount the kernel's table of handlers."""
    done = capture(["mount", "-t", "binfmt_misc", "binfmt_misc", _KERNEL])
    if not done.is_success:
        raise Problem(f"cannot mount binfmt_misc: {done.complaint}", help="the kernel needs CONFIG_BINFMT_MISC")


def unmount_table() -> None:
    """Unmount the table; the handlers in it must be gone before, for they survive this."""
    capture(["umount", _KERNEL])


def missing_handlers() -> tuple[str, ...]:
    """Name the handlers that the kernel does not have."""
    return tuple(name for name in HANDLERS if not (_KERNEL / name).exists())


def is_ours(name: str, layout: Layout) -> bool:
    """Tell whether a registered handler runs the unpacked emulator."""
    try:
        return f"interpreter {layout.server}/" in (_KERNEL / name).read_text()
    except OSError:
        return False


def register(name: str, layout: Layout) -> None:
    """Register a handler with the package's own flags, its interpreter where it was unpacked."""
    fields = _fields(name, layout.server)
    interpreter = Path(f"{layout.server}{fields[6]}")
    if not os.access(interpreter, os.X_OK):
        raise Problem(f"the emulator {interpreter} of {name} is missing")
    fields[6] = str(interpreter)
    # With F the kernel opens the interpreter now, so that it also runs inside containers.
    if "F" not in fields[7]:
        fields[7] += "F"
    try:
        (_KERNEL / "register").write_text(":".join(fields))
    except OSError as error:
        raise Problem(f"the kernel refused the handler {name}: {error.strerror}") from error


def _fields(name: str, tree: Path) -> list[str]:
    """Read a handler's fields as the kernel documents them: "", name, type, offset, magic, mask, interpreter, flags."""
    path = tree / "usr/lib/binfmt.d" / f"{name}.conf"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Problem(f"the package of the emulators has no {path.name}: {error.strerror}") from error
    line = next(line for line in lines if line and line[0] not in "#;")
    return line.split(line[0])


def unregister(name: str) -> None:
    """Take a handler back."""
    path = _KERNEL / name
    if path.exists():
        path.write_text("-1")
