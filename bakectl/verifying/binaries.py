"""Programs and libraries: made for the platform, and with all that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.verifying import checks
from bakectl.verifying.elf import is_for_other_machine, mismatch
from bakectl.verifying.loading import Loader
from bakectl.verifying.process import find_program, folders, programs

if TYPE_CHECKING:
    from bakectl.verifying.elf import Elf
    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.image import Variant
    from bakectl.verifying.layers import Entry
    from bakectl.verifying.loading import Missing


def check(variant: Variant, files: FileSystem, findings: Findings) -> None:
    """Look at every ELF file and every script of the file system."""
    binaries = [entry for entry in files if entry.content.elf is not None]
    for entry in binaries:
        if entry.content.elf is not None:
            _check_machine(f"/{entry.path}", entry.content.elf, variant, findings)
    _check_loading([entry for entry in binaries if _is_loaded(entry)], variant, files, findings)
    for entry in files:
        if entry.content.interpreter and entry.mode & 0o111:
            _check_script(entry, variant, files, findings)
    _check_command(variant, files, findings)


def _is_loaded(entry: Entry) -> bool:
    """Whether it is for the loader: no object file, and not what a debugger reads beside the program."""
    elf = entry.content.elf
    if elf is None or elf.is_object:
        return False
    return not entry.path.startswith("usr/lib/debug/") and not entry.path.endswith(".debug")


def _check_loading(binaries: list[Entry], variant: Variant, files: FileSystem, findings: Findings) -> None:
    """Load programs first, for what they load is fine where it is; then the libraries that none of them loads."""
    loader = Loader(variant, files)
    loaded: set[str] = set()
    for entry in binaries:
        elf = entry.content.elf
        if elf is None or not elf.interpreter or mismatch(elf, variant.platform):
            continue
        if not _check_loader(entry, elf.interpreter, variant, files, findings):
            continue
        missing, seen = loader.missing(entry)
        loaded |= seen
        for one in missing:
            _report(one, entry, variant, findings)
    names = {entry.path.rpartition("/")[2] for entry in files if entry.content.elf or entry.kind == "link"}
    for entry in binaries:
        elf = entry.content.elf
        if elf is None or elf.interpreter or entry.path in loaded or mismatch(elf, variant.platform):
            continue
        for one in loader.missing(entry)[0]:
            # Who loads it may know where the library is.
            if one.version or one.library not in names:
                _report(one, entry, variant, findings, Severity.WARNING)


def _check_loader(entry: Entry, interpreter: str, variant: Variant, files: FileSystem, findings: Findings) -> bool:
    found = files.find(interpreter)
    if found is not None and found.kind == "file":
        return True
    file = f"/{entry.path}"
    message = f"{file} is started by {interpreter}, which is not there"
    help = "copy the C library too, or link the program statically"
    findings.add(checks.MISSING_LOADER, message, platform=variant.name, file=file, help=help)
    return False


def _report(
    missing: Missing, program: Entry, variant: Variant, findings: Findings, severity: Severity | None = None
) -> None:
    file, platform = f"/{missing.file}", variant.name
    if missing.version:
        message = f"{file} needs {missing.version} of {missing.library}, and /{missing.found} does not have it"
        help = "build it on the release that it runs on, or an older one"
        check = checks.MISSING_SYMBOL_VERSION
    else:
        who = "" if missing.file == program.path else f", which /{program.path} loads,"
        message, help = f"{file}{who} needs {missing.library}, which is not there", None
        check = checks.MISSING_LIBRARY
    findings.add(check, message, platform=platform, file=file, help=help, severity=severity)


def _check_script(entry: Entry, variant: Variant, files: FileSystem, findings: Findings) -> None:
    words = list(entry.content.interpreter)
    name = words[0]
    found = files.find(name) if name.startswith("/") else None
    if found is not None and name.rpartition("/")[2] == "env":
        rest = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
        if not rest:
            return
        name = rest[0]
        found = find_program(files, name, variant.config)
    if found is not None:
        return
    folder = "/" + entry.path.rpartition("/")[0]
    is_command = any(files.real_path(place) == folder[1:] for place in folders(variant.config))
    file = f"/{entry.path}"
    findings.add(
        checks.MISSING_INTERPRETER,
        f"{file} is run by {name}, which is not there",
        platform=variant.name,
        file=file,
        severity=Severity.ERROR if is_command else Severity.WARNING,
    )


def _check_command(variant: Variant, files: FileSystem, findings: Findings) -> None:
    """Whether what a container starts is there and may be run."""
    for name in programs(variant.config):
        found = find_program(files, name, variant.config)
        if found is None:
            message = f"the image starts {name}, which is not there"
        elif not found.mode & 0o111:
            message = f"the image starts {name}, which is not executable"
        else:
            continue
        findings.add(checks.MISSING_COMMAND, message, platform=variant.name, file=name)


def _check_machine(file: str, elf: Elf, variant: Variant, findings: Findings) -> None:
    if elf.problem:
        message = f"{file} is an ELF file, and {elf.problem}"
        findings.add(checks.BAD_BINARY, message, platform=variant.name, file=file)
    found = mismatch(elf, variant.platform) if elf.machine else ""
    if not found:
        return
    severity = help = None
    if elf.name and not is_for_other_machine(elf, variant.platform):
        # Debian's libgcrypt for armhf has code for ARMv8 in it, and asks the processor before it runs that.
        severity, help = Severity.INFO, "a library may ask the processor, and choose among its code"
    message = f"{file} is for {found}, not for {variant.platform}"
    findings.add(checks.WRONG_ARCHITECTURE, message, platform=variant.name, file=file, help=help, severity=severity)
