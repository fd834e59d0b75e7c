"""Bake files that are small and ask for much: each ends in an error or an answer, soon and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = 300
"""MB at most."""
HANG = 30
"""Seconds after which a bomb has gone off; each takes less than two where nothing else runs."""

BOMBS: dict[str, str] = {}

BOMBS["range"] = (
    'target "default" { args = { a = jsonencode([for i in range(1024) : [for j in range(1024) : range(1024)]]) } }'
)
BOMBS["nested-loops"] = (
    'x=[for a in range(1000): [for b in range(1000): [for c in range(1000): "x"]]]\ntarget "default" {}'
)
BOMBS["deep-brackets"] = "x = " + "[" * 100000
BOMBS["deep-closed"] = "x = " + "[" * 5000 + "]" * 5000
BOMBS["parens"] = "x = " + "(" * 100000
BOMBS["braces"] = "x = " + "{a=" * 100000
BOMBS["minus"] = "x = " + "-" * 100000 + "1"
BOMBS["bang"] = "x = " + "!" * 100000 + "true"
BOMBS["blocks"] = "a {\n" * 50000
BOMBS["interp"] = "x = " + '"${' * 50000
BOMBS["traversal"] = "x = a" + ".b" * 100000
BOMBS["cond"] = "x = " + "true ? 1 : " * 50000 + "2"
BOMBS["plus"] = "x = " + "1 + " * 50000 + '1\ntarget "default" {}'
BOMBS["exp-string"] = (
    'a0="xxxxxxxxxx"\n'
    + "".join(f'a{i + 1}="${{a{i}}}${{a{i}}}${{a{i}}}${{a{i}}}"\n' for i in range(40))
    + 'target "default" { args={x=a40} }'
)
BOMBS["exp-tuple"] = (
    'a0=["x"]\n'
    + "".join(f"a{i + 1}=[a{i},a{i}]\n" for i in range(60))
    + 'target "default" { args={x=jsonencode(a60)} }'
)
BOMBS["exp-tuple-eq"] = (
    'a0=["x"]\n' + "".join(f"a{i + 1}=[a{i},a{i}]\n" for i in range(60)) + 'target "default" { args={x=a60 == a60} }'
)
BOMBS["exp-distinct"] = (
    'a0=["x"]\n'
    + "".join(f"a{i + 1}=[a{i},a{i}]\n" for i in range(60))
    + 'target "default" { args={x=jsonencode(distinct([a60,a60]))} }'
)
BOMBS["exp-cond"] = (
    'a0=["x"]\n'
    + "".join(f"a{i + 1}=[a{i},a{i}]\n" for i in range(60))
    + 'target "default" { args={x=true ? a60 : [1]} }'
)
BOMBS["exp-func"] = (
    "".join(f'function "f{i}" {{\n params=[a]\n result="${{f{i + 1}(a)}}${{f{i + 1}(a)}}"\n}}\n' for i in range(30))
    + 'function "f30" {\n params=[a]\n result=a\n}\ntarget "default" { args={x=f0("a")} }'
)
BOMBS["matrix"] = 'target "default" {\n name="a${a}${b}${c}"\n matrix={a=range(100),b=range(100),c=range(100)}\n}'
BOMBS["regex"] = 'target "default" { args={x=regex_replace("' + "a" * 5000 + 'b","(a+)+$","y")} }'
BOMBS["regex2"] = 'target "default" { args={x=jsonencode(regexall("(a|a)*(b|c)*d","' + "a" * 20000 + '"))} }'
BOMBS["var-cycle"] = "".join(f"a{i}=a{(i + 1) % 2000}\n" for i in range(2000)) + 'target "default" {}'
BOMBS["var-chain"] = "".join(f"a{i}=a{i + 1}\n" for i in range(3000)) + 'a3000=1\ntarget "default" {}'
BOMBS["func-cycle"] = (
    "".join(f'function "f{i}" {{\n params=[]\n result=f{(i + 1) % 1000}()\n}}\n' for i in range(1000))
    + 'target "default" {}'
)
BOMBS["inherits-chain"] = (
    "".join(f'target "t{i}" {{\n inherits=["t{i + 1}"]\n}}\n' for i in range(3000))
    + 'target "t3000" {}\ntarget "default" {\n inherits=["t0"]\n}'
)
BOMBS["inherits-cycle"] = (
    "".join(f'target "t{i}" {{\n inherits=["t{(i + 1) % 3000}"]\n}}\n' for i in range(3000))
    + 'target "default" {\n inherits=["t0"]\n}'
)
BOMBS["diamond"] = (
    "".join(f'target "t{i}" {{\n inherits=["t{i + 1}","t{i + 1}"]\n}}\n' for i in range(40))
    + 'target "t40" {}\ntarget "default" {\n inherits=["t0"]\n}'
)
BOMBS["links"] = (
    "".join(f'target "t{i}" {{\n contexts={{a="target:t{i + 1}",b="target:t{i + 1}"}}\n}}\n' for i in range(40))
    + 'target "t40" {}\ntarget "default" {\n contexts={a="target:t0"}\n}'
)
BOMBS["groups"] = (
    "".join(f'group "t{i}" {{\n targets=["t{i + 1}","t{i + 1}"]\n}}\n' for i in range(60))
    + 'target "t60" {}\ngroup "default" {\n targets=["t0"]\n}'
)
BOMBS["group-chain"] = (
    "".join(f'group "t{i}" {{\n targets=["t{i + 1}"]\n}}\n' for i in range(3000))
    + 'target "t3000" {}\ngroup "default" {\n targets=["t0"]\n}'
)
BOMBS["ref-cycle"] = (
    "".join(f'target "t{i}" {{\n context=target.t{(i + 1) % 2000}.context\n}}\n' for i in range(2000))
    + 'target "default" {}'
)
BOMBS["big-number"] = 'target "default" { args={x=1e1000000, y=1e999999999, z=pow(10,1000000)} }'
BOMBS["format"] = 'target "default" { args={x=format("%999999999d",1)} }'
BOMBS["pow"] = (
    "x = 9999999999999999*9999999999\n"
    + "".join(f"y{i}=y{i - 1}*y{i - 1}\n" if i else "y0=1e100\n" for i in range(200))
    + 'target "default" { args={x=y199} }'
)
BOMBS["setproduct"] = 'target "default" { args={x=jsonencode(setproduct(range(1000),range(1000),range(1000)))} }'
BOMBS["indent"] = 'target "default" { args={x=indent(99999999,"a\\nb")} }'
BOMBS["heredocs"] = "x = <<E\n" * 50000
BOMBS["quotes"] = '"' * 200000
BOMBS["comments"] = "/*" * 200000
BOMBS["long-line"] = 'x = "' + "a" * 7000000 + '"\ntarget "default" {}'
BOMBS["many-attrs"] = 'target "default" {\n' + "".join(f" a{i} = 1\n" for i in range(100000)) + "}"
BOMBS["many-errors"] = "".join(f"x{i} = nope{i}\n" for i in range(20000))
BOMBS["many-syntax"] = "".join(f"x{i} = \n" for i in range(50000))
BOMBS["join"] = (
    'a=join("",[for i in range(1024): "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"])\nb=join("",[for i in range(1024):a])\nc=join("",[for i in range(1024):b])\ntarget "default" { args={x=c} }'
)

COMPOSE = {
    "laughs": "x-a: &a [z,z,z,z,z,z,z,z,z]\n"
    + "".join(
        f"x-{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "services: {app: {build: {context: ., args: *j}}}\n",
    "nesting": "a: " + "[" * 50_000,
    "defaults": "services: {app: {image: '" + "${A:-" * 20_000 + "}" * 20_000 + "', build: .}}\n",
    "services": "services:\n" + "".join(f"  s{number}: {{build: .}}\n" for number in range(20_000)),
    "extends": "services:\n"
    + "".join(f"  s{number}: {{extends: s{number + 1}}}\n" for number in range(3000))
    + "  s3000: {build: .}\n",
}
JSON = {
    "nesting": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "templates": '{"target": {"default": {"args": {"x": "' + "${" * 50_000 + '"}}}}',
}

PROBE = """
import os, sys
sys.argv = ["bakectl", "print", "-f", sys.argv[1]]
from bakectl.__main__ import main
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
code = main()
import resource
print(f"code {code}, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stderr)
"""


def explode(path: Path, *, memory: int = MEMORY) -> str:
    """Read a file in a process of its own, and return what it said."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    said, _, facts = done.stderr.decode().rstrip().rpartition("\n")
    assert facts.startswith(("code 0, ", "code 3, ")), done.stderr.decode()[-500:]
    assert int(facts.split()[2]) < memory, facts
    assert facts.startswith("code 0, ") or "error: " in facts + said
    return said


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_bake_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_text(BOMBS[name], "utf-8")
    explode(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMPOSE)
def test_compose_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "compose.yaml"
    path.write_text(COMPOSE[name], "utf-8")
    explode(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", JSON)
def test_json_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.json"
    path.write_text(JSON[name], "utf-8")
    explode(path)


@pytest.mark.slow
def test_file_of_100_mb(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_bytes(b'x = "a"\n' * 12_500_000)
    assert "holds more than 8388608 bytes" in explode(path)


@pytest.mark.slow
def test_large_env_file(tmp_path: Path) -> None:
    path = tmp_path / "compose.yaml"
    path.write_text("services: {app: {image: 'a:${TAG}', build: .}}\n", "utf-8")
    (tmp_path / ".env").write_text("TAG=" + "x" * 7_000_000 + "\n", "utf-8")
    explode(path)
