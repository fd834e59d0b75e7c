"""Variables in all strings of a document, and the strings that become numbers and booleans thereby."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.nodes import List, Node, Path, Plain, Scalar, with_entries
from bakectl.bake.compose.rules import ITEM, Rules, label, table
from bakectl.bake.compose.template import MalformedTemplateError, MissingVariableError, substitute
from bakectl.eval.limits import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.compose.reading import Reading
    from bakectl.bake.compose.template import Lookup

_TRUE: Final = frozenset(("true", "y", "yes", "on"))
_FALSE: Final = frozenset(("false", "n", "no", "off"))
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_FLOAT: Final = re.compile(
    r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:inf(?:inity)?|nan)", re.IGNORECASE
)


def to_bool(text: str) -> bool | None:
    """Read a boolean as Compose does where it expects one; None when it is none."""
    lower = text.lower()
    return True if lower in _TRUE else False if lower in _FALSE else None


def _to_int(text: str) -> int | None:
    if _INTEGER.fullmatch(text) is None or len(text) > 20:
        return None
    number = int(text)
    return number if -(1 << 63) <= number < 1 << 63 else None


def _to_float(text: str) -> float | None:
    return float(text) if _FLOAT.fullmatch(text) else None


_Cast = tuple["Callable[[str], Plain]", str]
_BOOL: Final[_Cast] = (to_bool, "true or false")
_INT: Final[_Cast] = (_to_int, "a whole number")
_NUMBER: Final[_Cast] = (_to_float, "a number")

_SERVICE_CASTS: Final[dict[str, _Cast]] = {
    "configs.[].mode": _INT,
    "cpu_count": _INT,
    "cpu_percent": _NUMBER,
    "cpu_period": _INT,
    "cpu_quota": _INT,
    "cpu_rt_period": _INT,
    "cpu_rt_runtime": _INT,
    "cpus": _NUMBER,
    "cpu_shares": _INT,
    "init": _BOOL,
    "deploy.replicas": _INT,
    "deploy.update_config.parallelism": _INT,
    "deploy.update_config.max_failure_ratio": _NUMBER,
    "deploy.rollback_config.parallelism": _INT,
    "deploy.rollback_config.max_failure_ratio": _NUMBER,
    "deploy.restart_policy.max_attempts": _INT,
    "deploy.placement.max_replicas_per_node": _INT,
    "healthcheck.retries": _INT,
    "healthcheck.disable": _BOOL,
    "oom_kill_disable": _BOOL,
    "oom_score_adj": _INT,
    "pids_limit": _INT,
    "ports.[].target": _INT,
    "privileged": _BOOL,
    "read_only": _BOOL,
    "scale": _INT,
    "stdin_open": _BOOL,
    "tty": _BOOL,
    "ulimits.*": _INT,
    "ulimits.*.hard": _INT,
    "ulimits.*.soft": _INT,
    "volumes.[].read_only": _BOOL,
    "volumes.[].volume.nocopy": _BOOL,
}
_CASTS: Final = table(
    {
        **{f"services.*.{path}": cast for path, cast in _SERVICE_CASTS.items()},
        **{
            f"networks.*.{name}": _BOOL for name in ("external", "internal", "attachable", "enable_ipv4", "enable_ipv6")
        },
        **{f"{section}.*.external": _BOOL for section in ("volumes", "secrets", "configs")},
    }
)
_BUILT: Final = ("build", "image")
"""What a service needs for its target; a variable that is not set is worth a word only there."""


def interpolate(root: Node, lookup: Lookup, reading: Reading) -> Node:
    """Replace the variables of all strings; reports what Compose refuses."""
    return _Interpolation(lookup, reading).node(root, (), _CASTS)


class _Interpolation:
    def __init__(self, lookup: Lookup, reading: Reading) -> None:
        self.lookup = lookup
        self.reading = reading

    def node(self, node: Node, path: Path, casts: Rules[_Cast] | None) -> Node:
        if isinstance(node, Scalar):
            return self.scalar(node, node.value, path, casts) if isinstance(node.value, str) else node
        if isinstance(node, List):
            inner = casts.at(ITEM) if casts else None
            items = tuple(self.node(item, (*path, ITEM), inner) for item in node.items)
            return List(items, node.span, node.within)
        entries = {
            name: self.node(value, (*path, name), casts.at(name) if casts else None)
            for name, value in node.entries.items()
        }
        return with_entries(node, entries)

    def scalar(self, node: Scalar, text: str, path: Path, casts: Rules[_Cast] | None) -> Node:
        value: Plain = text
        if "$" in text:
            value = text = self.substitute(node, text, path)
        if casts is not None and casts.rule is not None:
            cast, wanted = casts.rule
            value = cast(text)
            if value is None:
                self.reading.error("bad-value", f'"{label(path)}" is {wanted}, and this is "{text}"', node.span)
        return node if value is node.value else Scalar(value, node.span, node.within)

    def substitute(self, node: Scalar, text: str, path: Path) -> str:
        is_built = path[:1] == ("services",) and len(path) > 2 and path[2] in _BUILT

        def unset(name: str) -> None:
            message = f'the variable "{name}" is not set, so "{label(path)}" gets an empty string for it'
            help = f"set it, or write ${{{name}:-default}}"
            self.reading.problems.warning("unset-variable", message, node.span, help=help)

        try:
            symbols = self.reading.symbols
            if symbols is not None:
                return symbols.insert(text, self.lookup, path)
            result = substitute(text, self.lookup, unset if is_built else None)
        except MalformedTemplateError as error:
            message = f'"{error}" in "{label(path)}" is no way to insert a variable'
            self.reading.error("bad-interpolation", message, node.span, help="write $$ for a dollar sign")
        except MissingVariableError as error:
            reason = f": {error.reason}" if error.reason else ""
            message = f'"{label(path)}" requires the variable "{error.name}", and it is not set{reason}'
            self.reading.error("missing-variable", message, node.span, help=f"set {error.name}, or write it into .env")
        except LimitExceeded as error:
            self.reading.error("limit-exceeded", str(error), node.span)
        else:
            self.reading.spend(0, len(result))
            return result
        return ""
