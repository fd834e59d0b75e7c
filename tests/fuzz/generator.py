"""Random bake files, valid most of the time: blocks, inheritance, matrices, expressions of every kind, overrides."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass
class Sample:
    """A bake file, and the environment and arguments that go with it."""

    text: str
    environment: dict[str, str] = field(default_factory=dict)
    arguments: list[str] = field(default_factory=list)


WORDS = ("app", "web", "api", "db", "base", "lint", "test", "docs", "x86", "v1", "edge", "latest")
PLATFORMS = ("linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386", "linux/ppc64le", "linux/s390x")
CACHES = (
    "type=gha,scope={}",
    "type=registry,ref=acme/{}:cache",
    "acme/{}",
    "type=local,src=.cache/{}",
    "type=inline",
    "type=s3,bucket=b,region=eu,name={}",
)
OUTPUTS = ("type=docker", "type=image,name=acme/{}", "type=registry", "type=local,dest=out/{}", "type=cacheonly")


class Generator:
    """Makes one sample from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.variables: dict[str, str] = {}
        self.functions: dict[str, int] = {}
        self.targets: list[str] = []
        self.groups: list[str] = []
        self.locals: list[str] = []

    def sample(self) -> Sample:
        pick = self.random
        blocks: list[str] = []
        environment: dict[str, str] = {}
        blocks += [self.variable(f"V{index}", environment) for index in range(pick.randint(0, 5))]
        blocks += [self.function(f"f{index}") for index in range(pick.randint(0, 2))]
        blocks += [self.target(f"{pick.choice(WORDS)}-{index}") for index in range(pick.randint(1, 6))]
        if pick.random() < 0.2 and self.targets:
            blocks.append(self.target(pick.choice(self.targets)))
        blocks += [self.group(f"group{index}") for index in range(pick.randint(0, 3))]
        if pick.random() < 0.7:
            blocks.append(self.group("default"))
        if pick.random() < 0.3:
            pick.shuffle(blocks)
        return Sample("\n".join(blocks), environment, self.arguments())

    # Blocks

    def variable(self, name: str, environment: dict[str, str]) -> str:
        pick = self.random
        kind = pick.choice(("string", "string", "string", "number", "bool", "list", "map", "none", "null"))
        lines = []
        if kind == "string":
            lines.append(f"default = {self.text(1)}")
            if pick.random() < 0.3:
                environment[name] = pick.choice(("from-env", "", "1", "a b"))
        elif kind == "number":
            lines.append(f"default = {self.number(1)}")
            if pick.random() < 0.3:
                environment[name] = pick.choice(("5", "0.5", "1e3", "-7"))
        elif kind == "bool":
            lines.append(f"default = {pick.choice(('true', 'false'))}")
            if pick.random() < 0.3:
                environment[name] = pick.choice(("1", "true", "F", "false"))
        elif kind == "list":
            if pick.random() < 0.5:
                lines.append("type = list(string)")
                if pick.random() < 0.4:
                    environment[name] = pick.choice(("a,b", "x", '"a,b",c'))
            lines.append(f"default = {self.strings(1)}")
        elif kind == "map":
            if pick.random() < 0.5:
                lines.append("type = map(string)")
            lines.append(f"default = {self.mapping(1)}")
        elif kind == "null":
            lines.append("default = null")
        if kind in ("string", "number", "bool") and pick.random() < 0.3:
            lines.insert(0, f"type = {kind}")
        if pick.random() < 0.2:
            lines.append('description = "what it is for"')
        self.variables[name] = kind
        return self.block(f'variable "{name}"', lines)

    def function(self, name: str) -> str:
        count = self.random.randint(0, 2)
        params = [f"p{index}" for index in range(count)]
        outer, self.locals = self.locals, params
        result = self.text(2)
        self.locals = outer
        self.functions[name] = count
        return self.block(f'function "{name}"', [f"params = [{', '.join(params)}]", f"result = {result}"])

    def group(self, name: str) -> str:
        pick = self.random
        members = pick.sample(self.targets, min(len(self.targets), pick.randint(1, 3)))
        if self.groups and pick.random() < 0.3:
            members.append(pick.choice(self.groups))
        if name not in self.groups:
            self.groups.append(name)
        return self.block(f'group "{name}"', [f"targets = [{', '.join(map(quote, members))}]"])

    def target(self, name: str) -> str:
        pick = self.random
        lines: list[str] = []
        made = [name]
        outer = self.locals
        if pick.random() < 0.15:
            key = pick.choice(("version", "flavour"))
            values = pick.sample(("1-0", "2-0", "slim", "full"), pick.randint(1, 3))
            lines += [f'name = "{name}-${{{key}}}"', f"matrix = {{ {key} = [{', '.join(map(quote, values))}] }}"]
            made = [f"{name}-{value}" for value in values]
            self.locals = [*outer, key]
        if self.targets and pick.random() < 0.4:
            parents = pick.sample(self.targets, min(len(self.targets), pick.randint(1, 2)))
            lines.append(f"inherits = [{', '.join(map(quote, parents))}]")
        fields = pick.sample(FIELDS, pick.randint(1, 6))
        lines += [f"{attribute} = {getattr(self, attribute.replace('-', '_') + '_')()}" for attribute in fields]
        self.locals = outer
        for one in made:
            if one not in self.targets:
                self.targets.append(one)
        return self.block(f'target "{name}"', lines)

    def block(self, header: str, lines: list[str]) -> str:
        if len(lines) == 1 and "\n" not in lines[0] and self.random.random() < 0.2:
            return f"{header} {{ {lines[0]} }}\n"
        return f"{header} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n"

    # Fields

    def tags_(self) -> str:
        return self.strings(2)

    def args_(self) -> str:
        return self.mapping(2)

    def labels_(self) -> str:
        return self.mapping(2)

    def context_(self) -> str:
        pick = self.random
        return pick.choice(('"."', '"./a/../b"', '"https://github.com/acme/app.git"', self.text(1)))

    def contexts_(self) -> str:
        pick = self.random
        entries = [f"{pick.choice(WORDS)} = {quote(pick.choice(('docker-image://alpine', './docs', 'target:nope')))}"]
        if self.targets:
            entries = [f"src = {quote('target:' + pick.choice(self.targets))}"]
        return "{ " + ", ".join(entries) + " }"

    def dockerfile_(self) -> str:
        return self.random.choice(('"Dockerfile"', '"./x/Dockerfile.${1 + 1}"', '""', self.text(1)))

    def dockerfile_inline_(self) -> str:
        flush = self.random.choice(("<<-EOT", "<<EOT"))
        return (
            f"{flush}\n    FROM alpine\n      RUN echo {self.random.choice(('x', '$${HOME}', '${1 + 2}'))}\n\n    EOT"
        )

    def target_(self) -> str:
        return quote(self.random.choice(WORDS))

    def platforms_(self) -> str:
        chosen = self.random.sample(PLATFORMS, self.random.randint(0, 3))
        return f"[{', '.join(map(quote, chosen))}]"

    def cache_from_(self) -> str:
        return self.options(CACHES)

    def cache_to_(self) -> str:
        return self.options(CACHES)

    def output_(self) -> str:
        return self.options(OUTPUTS)

    def options(self, forms: tuple[str, ...]) -> str:
        pick = self.random
        chosen = [form.format(pick.choice(WORDS)) for form in pick.choices(forms, k=pick.randint(0, 3))]
        items = []
        for text in chosen:
            if text.startswith("type=") and pick.random() < 0.3:
                pairs = [pair.partition("=") for pair in text.split(",")]
                items.append("{ " + ", ".join(f"{key} = {quote(value)}" for key, _, value in pairs) + " }")
            else:
                items.append(quote(text))
        return f"[{', '.join(items)}]"

    def pull_(self) -> str:
        return self.random.choice(("true", "false", '"true"', "1 == 1", "null"))

    def no_cache_(self) -> str:
        return self.pull_()

    def network_(self) -> str:
        return self.random.choice(('"host"', '"none"', "null"))

    def attest_(self) -> str:
        return self.random.choice(('["type=sbom"]', '["type=provenance,mode=max", "type=sbom,disabled=true"]', "[]"))

    def annotations_(self) -> str:
        return self.random.choice(('["a=b"]', '["index:org.x=y", "a=b"]', "[]"))

    def entitlements_(self) -> str:
        return self.random.choice(('["network.host"]', '["security.insecure", "network.host"]'))

    def description_(self) -> str:
        return self.text(1)

    def ulimits_(self) -> str:
        return '["nofile=1024:1024"]'

    # Expressions

    def known(self, *kinds: str) -> list[str]:
        return [name for name, kind in self.variables.items() if kind in kinds]

    def text(self, depth: int) -> str:
        """An expression that is a string, most of the time."""
        pick = self.random
        names = self.known("string", "number", "bool") + self.locals
        forms = ["literal", "literal", "template"]
        if names:
            forms += ["name", "template", "template"]
        if depth > 0:
            forms += ["conditional", "call", "join", "format", "index", "heredoc"]
            if self.functions:
                forms.append("user")
        match pick.choice(forms):
            case "name":
                return pick.choice(names)
            case "template":
                inner = pick.choice(names) if names and pick.random() < 0.7 else self.text(depth - 1)
                return f'"{pick.choice(WORDS)}-${{{inner}}}{pick.choice(("", "-x", "$", "%"))}"'
            case "conditional":
                return f"{self.condition(depth - 1)} ? {self.text(depth - 1)} : {self.text(depth - 1)}"
            case "call":
                function = pick.choice(
                    ("upper", "lower", "title", "trimspace", "reverse", "md5", "sanitize", "base64encode")
                )
                return f"{function}({self.text(depth - 1)})"
            case "join":
                return f'join("{pick.choice(("-", ",", ""))}", {self.strings(depth - 1)})'
            case "format":
                return f'format("%s-%{pick.choice(("s", "v", "q"))}", {self.text(depth - 1)}, {self.text(depth - 1)})'
            case "index":
                return f"{self.strings(depth - 1, least=1)}[0]"
            case "heredoc":
                return f"(replace({self.text(depth - 1)}, {quote(pick.choice(('a', '-', '.')))}, {quote('_')}))"
            case "user":
                name, count = pick.choice(list(self.functions.items()))
                return f"{name}({', '.join(self.text(0) for _ in range(count))})"
        return quote(pick.choice((*WORDS, "", "a b", "tab\\there", "é", "$${x}", "1.0", "ghcr.io/acme/app:1")))

    def number(self, depth: int) -> str:
        pick = self.random
        if depth > 0 and pick.random() < 0.5:
            operator = pick.choice(("+", "-", "*", "/", "%"))
            return f"({self.number(depth - 1)} {operator} {pick.choice(('1', '3', '0.5', '7'))})"
        return pick.choice(("0", "1", "2", "10", "1.5", "0.1", "1e3", "length([1, 2])", "-3"))

    def condition(self, depth: int) -> str:
        pick = self.random
        names = self.known("string")
        forms = ["equal", "compare", "literal"]
        if names:
            forms += ["name", "name"]
        if depth > 0:
            forms += ["not", "both"]
        match pick.choice(forms):
            case "name":
                return f"{pick.choice(names)} {pick.choice(('==', '!='))} {quote(pick.choice((*WORDS, '')))}"
            case "equal":
                return f"{pick.choice(('equal', 'notequal'))}({self.text(0)}, {self.text(0)})"
            case "compare":
                return f"{self.number(0)} {pick.choice(('<', '>', '<=', '>=', '=='))} {self.number(0)}"
            case "not":
                return f"!({self.condition(depth - 1)})"
            case "both":
                return f"({self.condition(depth - 1)}) {pick.choice(('&&', '||'))} ({self.condition(depth - 1)})"
        return pick.choice(("true", "false"))

    def strings(self, depth: int, least: int = 0) -> str:
        """An expression that is a list of strings, most of the time."""
        pick = self.random
        forms = ["literal", "literal", "literal"]
        names = self.known("list")
        if names and not least:
            forms += ["name", "name"]
        if depth > 0 and not least:
            forms += ["for", "concat", "compact", "conditional", "split", "splat", "sort"]
        match pick.choice(forms):
            case "name":
                return pick.choice(names)
            case "for":
                outer, self.locals = self.locals, [*self.locals, "item"]
                body = self.text(depth - 1)
                self.locals = outer
                condition = ' if item != ""' if pick.random() < 0.3 else ""
                return f"[for item in {self.strings(depth - 1)} : {body}{condition}]"
            case "concat":
                return f"concat({self.strings(depth - 1)}, {self.strings(depth - 1)})"
            case "compact":
                return f'compact([{self.text(depth - 1)}, {self.condition(0)} ? {self.text(0)} : ""])'
            case "conditional":
                return f"{self.condition(depth - 1)} ? {self.strings(depth - 1)} : {self.strings(depth - 1)}"
            case "split":
                return f'split(",", {quote(pick.choice(("a,b", "a", "")))})'
            case "splat":
                return f"[{{ n = {self.text(0)} }}, {{ n = {self.text(0)} }}][*].n"
            case "sort":
                return f"{pick.choice(('sort', 'distinct', 'reverselist'))}({self.strings(depth - 1, least=1)})"
        items = [self.text(depth - 1) for _ in range(pick.randint(max(least, 0), 3) or least)]
        if items and pick.random() < 0.3:
            return "[\n    " + ",\n    ".join(items) + pick.choice(("", ",")) + "\n  ]"
        return f"[{', '.join(items)}]"

    def mapping(self, depth: int) -> str:
        pick = self.random
        forms = ["literal", "literal", "literal"]
        names = self.known("map")
        if names:
            forms.append("name")
        if depth > 0:
            forms += ["merge", "for"]
        match pick.choice(forms):
            case "name":
                return pick.choice(names)
            case "merge":
                return f"merge({self.mapping(depth - 1)}, {self.mapping(depth - 1)})"
            case "for":
                outer, self.locals = self.locals, [*self.locals, "item"]
                value = self.text(depth - 1)
                self.locals = outer
                return f'{{for item in distinct({self.strings(depth - 1, least=1)}) : "K${{item}}" => {value}}}'
        keys = pick.sample(("A", "B", "C", "VERSION", '"a.b"', "org-x"), pick.randint(0, 3))
        pairs = []
        for key in keys:
            value = pick.choice((self.text(depth - 1), self.text(depth - 1), self.number(1), "true", "null"))
            pairs.append(f"{key} {pick.choice(('=', '=', ':'))} {value}")
        if pairs and pick.random() < 0.4:
            return "{\n    " + "\n    ".join(pairs) + "\n  }"
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"

    # Command line

    def arguments(self) -> list[str]:
        pick = self.random
        names: list[str] = []
        if "default" not in self.groups or pick.random() < 0.5:
            known = [*self.targets, *self.groups]
            names = pick.sample(known, min(len(known), pick.randint(1, 3)))
        given: list[str] = []
        for _ in range(pick.choice((0, 0, 0, 1, 2))):
            pattern = pick.choice(("*", pick.choice(self.targets)))
            setting = pick.choice(
                (
                    "tags=a:1",
                    "tags+=b:2",
                    "platform=linux/amd64",
                    "args.A=set",
                    "args.NEW=x",
                    "labels.l=v",
                    "cache-from+=type=gha",
                    "cache-to=type=inline",
                    "cache-from=",
                    "output=type=docker",
                    "pull=true",
                    "target=stage",
                    "contexts.c=./x",
                    "dockerfile=other",
                    "attest=type=sbom",
                    "no-cache=false",
                )
            )
            given += ["--set", f"{pattern}.{setting}"]
        if not given and pick.random() < 0.2:
            given.append(
                pick.choice(("--push", "--load", "--no-cache", "--pull", "--sbom=true", "--provenance=mode=max"))
            )
        return [*given, *names]


FIELDS = (
    "tags",
    "tags",
    "args",
    "args",
    "labels",
    "context",
    "contexts",
    "dockerfile",
    "dockerfile-inline",
    "target",
    "platforms",
    "cache-from",
    "cache-to",
    "output",
    "pull",
    "no-cache",
    "network",
    "attest",
    "annotations",
    "entitlements",
    "description",
    "ulimits",
)


def quote(text: str) -> str:
    return f'"{text}"'
