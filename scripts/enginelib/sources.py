"""Which package archives apt on this machine uses, read from its own files in either format."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Fields that the private list sets itself, or that do not matter to it.
_OWN_FIELDS = frozenset({"types", "uris", "suites", "components", "architectures", "languages", "enabled", "targets"})
_ONE_LINE = re.compile(r"deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>.+)")


@dataclass(frozen=True)
class Source:
    """One entry of apt's sources: archives, suites, components, and options such as Signed-By."""

    uris: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    def stanza(self, *, suites: tuple[str, ...], architecture: str) -> str:
        """Write the entry in deb822 form, for `main` of other suites of the same archive."""
        fields = [("Types", "deb"), ("URIs", " ".join(self.uris)), ("Suites", " ".join(suites)), ("Components", "main")]
        fields += [("Architectures", architecture), *self.options]
        return "".join(f"{name}: {value}\n" for name, value in fields)


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Read `sources.list` and `sources.list.d` of an apt folder, as far as they are readable."""
    files = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]
    found: list[Source] = []
    for path in files:
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".sources":
            found += _deb822(text)
        elif path.suffix == ".list":
            found += _one_line(text)
    return tuple(found)


def _deb822(text: str) -> Iterator[Source]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for block in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line[:1] in (" ", "\t") and name:
                fields[name] += "\n" + line
            elif ":" in line:
                name, _, value = line.partition(":")
                fields[name] = value.strip()
        by_name = {name.lower(): value for name, value in fields.items()}
        is_enabled = by_name.get("enabled", "yes").lower() not in ("no", "false", "0")
        if not is_enabled or "deb" not in by_name.get("types", "").split():
            continue
        options = tuple((name, value) for name, value in fields.items() if name.lower() not in _OWN_FIELDS)
        uris, suites, components = (tuple(by_name.get(name, "").split()) for name in ("uris", "suites", "components"))
        yield Source(uris, suites, components, options)


def _one_line(text: str) -> Iterator[Source]:
    for line in text.splitlines():
        match = _ONE_LINE.match(line.partition("#")[0].strip())
        if match is None or match["uri"].startswith("cdrom:"):
            continue
        pairs = (option.partition("=") for option in shlex.split(match["options"] or ""))
        options = tuple((name.title(), value.replace(",", " ")) for name, _, value in pairs)
        kept = tuple(pair for pair in options if pair[0].lower() not in (*_OWN_FIELDS, "arch", "lang", "target"))
        yield Source((match["uri"],), (match["suite"],), tuple(match["components"].split()), kept)


def sources_of(codename: str, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Pick the entries that serve `main` of a release: the release itself first, then its updates."""
    wanted = (codename, f"{codename}-updates", f"{codename}-security", f"{codename}/updates")
    picked: list[Source] = []
    for source in sources:
        suites = tuple(suite for suite in source.suites if suite in wanted)
        if suites and "main" in source.components:
            picked.append(Source(source.uris, suites, source.components, source.options))
    return tuple(sorted(picked, key=lambda source: codename not in source.suites))
