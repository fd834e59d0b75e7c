"""What the settings of an image must be: by the plan, by the contract, and alike on all platforms."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.platforms import normalised
from bakectl.bake.secrets import mask_variable
from bakectl.verifying import checks
from bakectl.verifying.image import UNREAD, describe
from bakectl.verifying.process import environment, find_program, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Target
    from bakectl.verifying.contract import Contract
    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.image import Image, Variant

_ROOT: Final = ("", "root", "0")
_ANNOTATION: Final = re.compile(r"(?P<type>[a-z-]+)(?:\[(?P<platform>[A-Za-z0-9_/.-]+)\])?")
_KINDS: Final = {
    "sbom": ("https://spdx.dev/", "https://cyclonedx.org/"),
    "provenance": ("https://slsa.dev/provenance",),
}
"""How the types of statements begin."""


def check_settings(variant: Variant, contract: Contract, files: FileSystem, findings: Findings) -> None:
    """Hold the settings of one platform against the contract."""
    config = variant.config
    _check_user(variant, contract, findings)
    for name, pattern in contract.labels.items():
        _check_pattern(variant, checks.WRONG_LABEL, "label", name, labels(config).get(name), pattern, findings)
    variables = environment(config)
    for name, pattern in contract.environment.items():
        _check_pattern(variant, checks.WRONG_VARIABLE, "variable", name, variables.get(name), pattern, findings)
    if contract.ports is not None:
        found, expected = list(exposed_ports(config)), sorted(map(_port, contract.ports))
        _compare(variant, checks.WRONG_PORT, "the ports are", found, expected, findings)
    if contract.entrypoint is not None:
        found = list(words(config, "Entrypoint"))
        _compare(variant, checks.WRONG_ENTRYPOINT, "the entrypoint is", found, list(contract.entrypoint), findings)
    if contract.command is not None:
        _compare(
            variant,
            checks.WRONG_COMMAND,
            "the command is",
            list(words(config, "Cmd")),
            list(contract.command),
            findings,
        )
    if contract.pid_1 is not None:
        _compare(
            variant, checks.WRONG_PID_1, "the first process is", first_process(config, files), contract.pid_1, findings
        )
    if contract.stop_signal is not None:
        given, wanted = _signal(str(config.get("StopSignal") or "SIGTERM")), _signal(contract.stop_signal)
        _compare(variant, checks.WRONG_STOP_SIGNAL, "the stop signal is", given, wanted, findings)
    if contract.health_check is not None:
        _check_health(variant, contract.health_check, findings)


def _check_user(variant: Variant, contract: Contract, findings: Findings) -> None:
    user = str(variant.config.get("User") or "")
    if contract.user is not None:
        _compare(variant, checks.WRONG_USER, "the user is", user, contract.user, findings)
    elif user.partition(":")[0] in _ROOT and variant.platform.system == "linux":
        message = f"the image runs as {'root' if user else 'root, for it names no user'}"
        help = 'write USER 1000:1000, or allow it: user = "root" or "" in [verify]'
        findings.add(checks.ROOT_USER, message, platform=variant.name, help=help)


def _check_pattern(
    variant: Variant,
    check: checks.Check,
    what: str,
    name: str,
    found: str | None,
    pattern: str,
    findings: Findings,
) -> None:
    if found is not None and fnmatch.fnmatchcase(found, pattern):
        return
    value = "is not there" if found is None else f"is {describe(mask_variable(name, found))}"
    findings.add(check, f"the {what} {name} {value}, expected {describe(pattern)}", platform=variant.name)


def _compare(
    variant: Variant, check: checks.Check, what: str, found: object, expected: object, findings: Findings
) -> None:
    if found != expected:
        message = f"{what} {describe(found)}, expected {describe(expected)}"
        findings.add(check, message, platform=variant.name)


def _mapping(config: Mapping[str, Any], key: str) -> dict[str, str]:
    value = config.get(key)
    return {str(name): str(inner) for name, inner in value.items()} if isinstance(value, dict) else {}


def labels(config: Mapping[str, Any]) -> dict[str, str]:
    """The labels of an image."""
    return _mapping(config, "Labels")


def exposed_ports(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The ports of an image, each with its protocol, sorted."""
    return tuple(sorted(_port(port) for port in _mapping(config, "ExposedPorts")))


def _port(text: str) -> str:
    return text if "/" in text else f"{text}/tcp"


def first_process(config: Mapping[str, Any], files: FileSystem) -> str:
    """The path of the first process, links followed; what is not there is as it is written."""
    command = (*words(config, "Entrypoint"), *words(config, "Cmd"))
    if not command:
        return ""
    found = find_program(files, command[0], config)
    return command[0] if found is None or command[0].startswith("/") else f"/{found.path}"


def _signal(text: str) -> str:
    """A signal by its name."""
    import signal

    if text.isdecimal():
        try:
            return signal.Signals(int(text)).name
        except ValueError:
            return text
    name = text.upper()
    return name if name.startswith("SIG") else f"SIG{name}"


def has_health_check(config: Mapping[str, Any]) -> bool:
    """Whether docker asks a container of the image for its health."""
    check = config.get("Healthcheck")
    test = check.get("Test") if isinstance(check, dict) else None
    return isinstance(test, list) and bool(test) and test[0] != "NONE"


def _check_health(variant: Variant, expected: bool, findings: Findings) -> None:
    is_there = has_health_check(variant.config)
    if is_there != expected:
        message = "the image has a health check" if is_there else "the image has no health check"
        findings.add(checks.WRONG_HEALTH_CHECK, f"{message}, against its contract", platform=variant.name)


def check_files(variant: Variant, contract: Contract, files: FileSystem, findings: Findings) -> None:
    """Files that must be there, and that must not."""
    paths = [f"/{entry.path}" for entry in files] if contract.files or contract.no_files else []
    for wanted in contract.files:
        if not files.exists(wanted) and not fnmatch.filter(paths, wanted):
            findings.add(checks.MISSING_FILE, f"{wanted} is not there", platform=variant.name, file=wanted)
    for unwanted in contract.no_files:
        for path in fnmatch.filter(paths, unwanted):
            message = f"{path} is there, against the contract" + (f" ({unwanted})" if path != unwanted else "")
            findings.add(checks.FORBIDDEN_FILE, message, platform=variant.name, file=path)


def check_size(variant: Variant, contract: Contract, packed: int, unpacked: int, findings: Findings) -> None:
    """The limits of the contract."""
    for found, limit, how in ((packed, contract.compressed_size, "packed"), (unpacked, contract.size, "unpacked")):
        if limit is not None and found > limit:
            message = f"the image has {found / 1e6:.1f} MB {how}, and at most {limit / 1e6:.1f} MB are promised"
            findings.add(checks.TOO_LARGE, message, platform=variant.name)


def check_plan(image: Image, target: Target, findings: Findings) -> None:
    """Labels and annotations that the target gives."""
    for variant in image.variants:
        given = labels(variant.config)
        for name, value in (target.get("labels") or {}).items():
            if given.get(name) != value:
                found = f"is {describe(given[name])}" if name in given else "is not there"
                message = f"the label {name} {found}, and the plan says {describe(value)}"
                findings.add(checks.WRONG_LABEL, message, platform=variant.name)
    for kind, platform, name, value in _annotations(target):
        places: list[tuple[str, Mapping[str, str]]] = []
        if kind == "manifest":
            places = [(one.name, one.annotations) for one in image.variants if platform in ("", one.name)]
        elif kind == "index" and image.is_index:
            places = [("", image.annotations)]
        for place, notes in places:
            if notes.get(name) != value:
                found = f"is {describe(notes[name])}" if name in notes else "is not there"
                message = f"the annotation {name} {found}, and the plan says {describe(value)}"
                findings.add(checks.WRONG_ANNOTATION, message, platform=place)


def _annotations(target: Target) -> Iterator[tuple[str, str, str, str]]:
    """The annotations of a target: what they are for, for which platform, name and value."""
    for text in target.get("annotations", ()):
        key, _, value = text.partition("=")
        kinds, colon, name = key.partition(":")
        parts = [_ANNOTATION.fullmatch(kind) for kind in kinds.split(",")] if colon else []
        if not parts or None in parts:
            yield "manifest", "", key, value
            continue
        for part in parts:
            if part is not None:
                yield part["type"], normalised(part["platform"]) if part["platform"] else "", name, value


def check_attestations(image: Image, target: Target | None, contract: Contract, findings: Findings) -> None:
    """Each attestation belongs to a platform, and each platform has those that are promised."""
    for attestation in image.attestations:
        if attestation.subject not in image.expected:
            message = f"an attestation is of {attestation.subject or 'nothing'}, which is not in the index"
            findings.add(checks.DANGLING_ATTESTATION, message)
    wanted = _asked(target)
    for kind, promised in (("sbom", contract.sbom), ("provenance", contract.provenance)):
        required = wanted.get(kind) if promised is None else promised
        having = attested(image, kind)
        for variant in image.variants:
            is_there = variant.manifest.digest in having
            if not is_there and (required or (required is None and having)):
                who = "though other platforms have one" if not required else "though it is promised"
                message = f"there is no {_WORDS[kind]}, {who}"
                findings.add(checks.MISSING_ATTESTATION, message, platform=variant.name)
            elif is_there and promised is False:
                message = f"there is {_WORDS[kind]}, against the contract"
                findings.add(checks.UNWANTED_ATTESTATION, message, platform=variant.name)


def attested(image: Image, kind: str) -> set[str]:
    """The digests of the manifests of which something was attested."""
    return {
        attestation.subject
        for attestation in image.attestations
        if any(predicate.startswith((UNREAD, *_KINDS[kind])) for predicate in attestation.predicates)
    }


_WORDS: Final = {"sbom": "SBOM", "provenance": "provenance"}


def _asked(target: Target | None) -> dict[str, bool]:
    """What a target asks to be attested."""
    entries = target.get("attest", ()) if target is not None else ()
    return {str(entry.get("type")): not entry.get("disabled") for entry in entries}
