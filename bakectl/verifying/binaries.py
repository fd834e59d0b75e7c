"""Programs and libraries: made for the platform, and with all that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.verifying import checks
from bakectl.verifying.elf import is_for_other_machine, mismatch

if TYPE_CHECKING:
    from bakectl.verifying.elf import Elf
    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.image import Variant


def check(variant: Variant, files: FileSystem, findings: Findings) -> None:
    """Look at every ELF file of the file system."""
    for entry in files:
        elf = entry.content.elf
        if elf is not None and elf.machine:
            _check_machine(f"/{entry.path}", elf, variant, findings)


def _check_machine(file: str, elf: Elf, variant: Variant, findings: Findings) -> None:
    found = mismatch(elf, variant.platform)
    if not found:
        return
    severity = help = None
    if elf.name and not is_for_other_machine(elf, variant.platform):
        # Debian's libgcrypt for armhf has code for ARMv8 in it, and asks the processor before it runs that.
        severity, help = Severity.INFO, "a library may ask the processor, and choose among its code"
    message = f"{file} is for {found}, not for {variant.platform}"
    findings.add(checks.WRONG_ARCHITECTURE, message, platform=variant.name, file=file, help=help, severity=severity)
