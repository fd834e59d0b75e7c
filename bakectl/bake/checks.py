"""What buildx makes of a resolved target, and checks, before it prints it or builds it."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING

from bakectl.bake.files import is_remote
from bakectl.bake.model import Setting, Target
from bakectl.bake.platforms import PlatformError, parse_platform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.diagnostics import Problems

_MAX_SECRET = 500 * 1024
_ANNOTATION = re.compile(r"(?:([^:\[\]=]+(?:\[[^\]]*\])?(?:,[^:\[\]=]+(?:\[[^\]]*\])?)*):)?(.*)", re.DOTALL)
_ANNOTATION_KINDS = ("manifest", "index", "manifest-descriptor", "index-descriptor")
_ULIMITS = (
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
)


def check_target(target: Target, environment: Mapping[str, str], problems: Problems, *, linked: bool) -> Target:
    """Return the target as buildx prints it, and report what buildx refuses even to print."""
    check = _Check(target, environment, problems)
    check.context()
    check.secrets()
    check.ssh()
    check.platforms()
    check.annotations()
    check.sizes()
    check.ulimits()
    if not linked:
        check.outputs()
    return Target(target.name, check.settings, target.declared_at)


class _Check:
    def __init__(self, target: Target, environment: Mapping[str, str], problems: Problems) -> None:
        self.name = target.name
        self.settings = dict(target.settings)
        self.environment = environment
        self.problems = problems

    def error(self, field: str, rule: str, message: str, help: str | None = None) -> None:
        setting = self.settings[field]
        origin = setting.origin
        where = f" ({origin.text})" if origin.source is None and origin.text else ""
        self.problems.error(rule, f'target "{self.name}": {message}{where}', origin.span, help=help)

    def context(self) -> None:
        setting = self.settings["context"]
        context = setting.value
        if context == "-":
            self.error("context", "bad-context", "a context cannot come from standard input", "name a folder")
        if self.settings["dockerfile"].value == "-":
            self.error("dockerfile", "bad-dockerfile", "a Dockerfile cannot come from standard input", "name a file")
        if not is_remote(context):
            cleaned = clean_path(context.removeprefix("cwd://"))
            if cleaned != context:
                self.settings["context"] = Setting(cleaned, setting.given)

    def secrets(self) -> None:
        setting = self.settings.get("secret")
        for entry in setting.value if setting else ():
            name = entry.get("id")
            if not name:
                self.error("secret", "bad-secret", "a secret has no id", "add id=NAME")
                continue
            path = entry.get("src")
            if not path and not entry.get("env") and name not in self.environment:
                path = name
            if not path:
                continue
            try:
                size = os.stat(path).st_size  # noqa: PTH116
            except OSError:
                help = f"create {path}, or give the variable with env={name}"
                self.error("secret", "missing-secret", f'the file of secret "{name}" is missing: {path}', help)
                continue
            if size > _MAX_SECRET:
                self.error("secret", "bad-secret", f'secret "{name}" is larger than 500 KiB: {path}')

    def ssh(self) -> None:
        setting = self.settings.get("ssh")
        entries = setting.value if setting else ()
        for entry in entries:
            name = entry.get("id") or "default"
            paths = entry.get("paths", ())
            agent = self.environment.get("SSH_AUTH_SOCK")
            if not paths and not (agent and os.path.exists(agent)):  # noqa: PTH110
                help = "start ssh-agent, or name a key: default=$HOME/.ssh/id_ed25519"
                state = f"is not there: {agent}" if agent else "is not set"
                self.error("ssh", "missing-ssh", f'ssh "{name}" needs an agent, and SSH_AUTH_SOCK {state}', help)
            for path in paths:
                if not os.path.exists(path):  # noqa: PTH110
                    self.error("ssh", "missing-ssh", f'the key of ssh "{name}" is missing: {path}')

    def platforms(self) -> None:
        setting = self.settings.get("platforms")
        for text in setting.value if setting else ():
            for part in text.split(","):
                if part == "local":
                    continue
                try:
                    parse_platform(part)
                except PlatformError as error:
                    self.error("platforms", "bad-platform", str(error), "write OS/ARCHITECTURE, such as linux/arm64")

    def annotations(self) -> None:
        setting = self.settings.get("annotations")
        for text in setting.value if setting else ():
            key, sign, _ = text.partition("=")
            if not sign:
                self.error("annotations", "bad-annotation", f'"{text}" is no annotation', "write [TYPE:]KEY=VALUE")
                continue
            kinds, colon, _ = key.partition(":")
            if not colon:
                continue
            for kind in _split_kinds(kinds):
                bare, bracket, platform = kind.partition("[")
                if bare not in _ANNOTATION_KINDS:
                    help = "the types are " + ", ".join(_ANNOTATION_KINDS)
                    self.error("annotations", "bad-annotation", f'"{bare}" is no type of annotation', help)
                elif bracket and platform != "]":
                    try:
                        parse_platform(platform.removesuffix("]"))
                    except PlatformError as error:
                        self.error("annotations", "bad-annotation", str(error))

    def sizes(self) -> None:
        setting = self.settings.get("shm-size")
        if setting is not None and not _is_size(setting.value):
            self.error("shm-size", "bad-size", f'shm-size "{setting.value}" is not a size', "write a size such as 128m")

    def ulimits(self) -> None:
        setting = self.settings.get("ulimits")
        for text in setting.value if setting else ():
            name, sign, values = text.partition("=")
            soft, _, hard = values.partition(":")
            hard = hard or soft
            if not sign or name not in _ULIMITS:
                self.error(
                    "ulimits", "bad-ulimit", f'"{text}" is no limit', "write NAME=SOFT[:HARD], such as nofile=1024"
                )
            elif not (re.fullmatch(r"-?\d+", soft) and re.fullmatch(r"-?\d+", hard)):
                self.error("ulimits", "bad-ulimit", f'the limit "{text}" is no number')
            elif int(hard) != -1 and (int(soft) > int(hard) or int(soft) == -1):
                self.error("ulimits", "bad-ulimit", f'in "{text}", the soft limit is above the hard one')

    def outputs(self) -> None:
        setting = self.settings.get("output")
        if setting is None:
            return
        changed = list(setting.value)
        to_stdout = 0
        for place, entry in enumerate(changed):
            kind, dest = entry["type"], entry.get("dest", "")
            if kind in ("tar", "oci") and not dest:
                changed[place] = entry = {**entry, "dest": "-"}
                dest = "-"
            if kind == "local":
                if not dest:
                    self.error("output", "bad-output", "an output of type local needs dest", "add dest=FOLDER")
                elif dest == "-":
                    self.error("output", "bad-output", "an output of type local cannot go to standard output")
            elif kind in ("tar", "oci", "docker") and dest == "-":
                to_stdout += 1
            elif kind in ("tar", "oci", "docker") and dest and os.path.isdir(dest):  # noqa: PTH112
                self.error("output", "bad-output", f"{dest} is a folder, and the output is one file")
        if to_stdout > 1:
            self.error("output", "bad-output", "two outputs go to standard output")
        if changed != list(setting.value):
            self.settings["output"] = Setting(tuple(changed), setting.given)


def _is_size(text: str) -> bool:
    """Whether docker's units package reads this as a number of bytes."""
    end = max(text.rfind(character) for character in "0123456789. ")
    if end < 0:
        return False
    digits, suffix = (text[:end] if text[end] == " " else text[: end + 1]), text[end + 1 :].lower()
    try:
        number = float(digits)
    except ValueError:
        return False
    bare = suffix.removeprefix(suffix[:1]) if suffix[:1] in tuple("kmgtp") else suffix
    return number >= 0 and digits == digits.strip() and bare in ("", "b", *(("ib",) if bare != suffix else ()))


def _split_kinds(text: str) -> list[str]:
    return [part for part in re.split(r",(?![^\[]*\])", text) if part]


def clean_path(path: str) -> str:
    """Clean a path as Go's `path.Clean`."""
    cleaned = posixpath.normpath(path) if path else "."
    return cleaned[1:] if cleaned.startswith("//") else cleaned
