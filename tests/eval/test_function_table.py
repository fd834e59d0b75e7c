"""The table of functions: what buildx has, and that each body can be loaded."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from bakectl.eval.functions import NAMES, Function, Param, load, lookup
from bakectl.eval.types import BOOL, DYNAMIC, NUMBER, STRING, ListType

# `docker buildx bake` 0.36; all but the last line's are in 0.29 too.
BUILDX = """
absolute add and base64decode base64encode basename bcrypt byteslen bytesslice can ceil chomp chunklist cidrhost
cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains convert csvdecode dirname distinct
divide element equal flatten floor format formatdate formatlist greaterthan greaterthanorequalto hasindex homedir
indent index indexof int join jsondecode jsonencode keys length lessthan lessthanorequalto log lookup lower max md5
merge min modulo multiply negate not notequal or parseint pow range regex regex_replace regexall replace reverse
reverselist rsadecrypt sanitize sethaselement setintersection setproduct setsubtract setsymmetricdifference setunion
sha1 sha256 sha512 signum slice sort split strlen substr subtract timeadd timestamp title trim trimprefix trimspace
trimsuffix try upper urlencode uuidv4 uuidv5 values zipmap
formattimestamp semvercmp unixtimestampparse
"""

FUNCTIONS = [function for name in NAMES if (function := lookup(name)) is not None]


def test_table_has_the_functions_of_buildx() -> None:
    assert set(NAMES) == set(BUILDX.split())
    assert len(NAMES) == 106
    assert list(NAMES) == sorted(NAMES)


def test_functions_newer_than_0_29() -> None:
    newer = {function.name: function.since for function in FUNCTIONS if function.since}
    assert newer == {"formattimestamp": "0.33", "semvercmp": "0.31", "unixtimestampparse": "0.33"}


def test_unknown_name() -> None:
    assert lookup("tostring") is None


def test_row_becomes_a_function() -> None:
    assert lookup("join") == Function(
        "join",
        (Param("separator", STRING),),
        Param("lists", ListType(STRING)),
        "The items of all lists with separators between",
        "text:join",
    )
    assert lookup("equal") == Function(
        "equal",
        (Param("a", DYNAMIC, True), Param("b", DYNAMIC, True)),
        None,
        "Whether two values are equal, without conversion",
        "logic:equal",
    )


def test_a_function_is_made_once() -> None:
    assert lookup("keys") is lookup("keys")


# Observed with 0.29.1: the name in "Missing value for …" of a call with one argument less.
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("lookup", ["inputMap", "key", "default"]),
        ("keys", ["inputMap"]),
        ("values", ["mapping"]),
        ("slice", ["list", "start_index", "end_index"]),
        ("sethaselement", ["set", "elem"]),
        ("cidrsubnet", ["prefix", "newbits", "netnum"]),
        ("semvercmp", ["version", "contraint"]),
        ("timeadd", ["timestamp", "duration"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parameter_names(name: str, params: list[str]) -> None:
    function = lookup(name)
    assert function is not None
    assert [param.name for param in function.params] == params


def test_types_of_parameters() -> None:
    types = {param.type for function in FUNCTIONS for param in (*function.params, function.variadic) if param}
    assert {STRING, NUMBER, BOOL, DYNAMIC} < types


@pytest.mark.parametrize("function", FUNCTIONS, ids=[function.name for function in FUNCTIONS])
def test_body_takes_the_arguments(function: Function) -> None:
    if function.name in {"try", "can", "convert"}:
        assert function.body is None
        with pytest.raises(TypeError, match="the evaluator has the body"):
            load(function)
        return
    body = load(function)
    assert len(inspect.signature(body).parameters) == 1
    assert load(function) is body


def test_docs_are_one_line() -> None:
    for function in FUNCTIONS:
        assert function.doc[0].isupper() or function.doc[0] == "-", function.name
        assert "\n" not in function.doc
        assert not function.doc.endswith("."), function.name


def test_import_brings_no_body_and_nothing_heavy() -> None:
    code = (
        "import sys, bakectl.eval.functions as f; f.lookup('bcrypt');"
        "print(*sorted(m for m in sys.modules if m.startswith('bakectl')"
        " or m in {'json', 'hashlib', 'bcrypt', 'datetime', 'ipaddress', 'urllib'}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [
        "bakectl",
        "bakectl.eval",
        "bakectl.eval.functions",
        "bakectl.eval.limits",
        "bakectl.eval.types",
        "bakectl.record",
    ]
