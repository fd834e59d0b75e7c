"""The facts that a shell, the Makefile and the tests need to use the engine, kept in `.engine/env`."""

import os
import shlex

from enginelib.client import Client
from enginelib.layout import Layout

_BIN = "BAKECTL_ENGINE_BIN"


def write_facts(layout: Layout, client: Client, *, host: str, registry: str, stand_ins: dict[str, str]) -> None:
    """Write the facts as KEY=VALUE lines; what does not apply is left out."""
    facts = {
        "DOCKER_HOST": host or os.environ.get("DOCKER_HOST", ""),
        "DOCKER_CONFIG": str(client.config or ""),
        _BIN: str(client.docker.parent),
        "BAKECTL_ENGINE_DOCKER": str(client.docker),
        "BAKECTL_ENGINE_BUILDX": str(client.buildx),
        "BAKECTL_ENGINE_REGISTRY": registry,
        **stand_ins,
    }
    fresh = layout.facts.with_suffix(".new")
    fresh.write_text("".join(f"{name}={value}\n" for name, value in facts.items() if value), encoding="utf-8")
    fresh.replace(layout.facts)


def read_facts(layout: Layout) -> dict[str, str]:
    """Read the facts; empty where no engine was brought up."""
    try:
        lines = layout.facts.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def export_lines(facts: dict[str, str]) -> str:
    """Write the facts for a shell's `eval`, and put the docker command first on PATH."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in facts.items()]
    if _BIN in facts:
        lines.append(f'export PATH={shlex.quote(facts[_BIN])}:"$PATH"\n')
    return "".join(lines)
