"""Runs to be reported, made up."""

from __future__ import annotations

from bakectl.runs.records import CACHED, DONE, FAILED, Run, Step, TargetRun, Warned

HOSTILE = "<script>alert(1)</script>'\"--><img src=http://192.0.2.1/x onerror=alert(2)>{{ 7 * 7 }}"
PLATFORMS = ("linux/amd64", "linux/arm64", "linux/arm/v7")


def many(count: int) -> Run:
    """A run of so many targets for three platforms, one of which failed after a step that says hostile things."""
    steps: list[Step] = []
    targets = []
    for number in range(count):
        name = f"service-{number}"
        for place, platform in enumerate(PLATFORMS):
            begin = number * 0.7 + place * 0.3
            first = len(steps)
            steps += [
                Step(name, platform, "builder: FROM debian", "1/3", CACHED, begin, begin + 0.1, 0.1),
                Step(
                    name,
                    platform,
                    "builder: RUN make",
                    "2/3",
                    DONE,
                    begin + 0.1,
                    begin + 3,
                    2.9,
                    "",
                    (first,),
                    ("cc x.c",),
                    1,
                ),
                Step(
                    name,
                    platform,
                    "COPY --from=builder /x /x",
                    "3/3",
                    DONE,
                    begin + 3,
                    begin + 3.2,
                    0.2,
                    "",
                    (first + 1,),
                ),
            ]
        steps.append(Step(name, "", "exporting to image", "", DONE, number * 0.7 + 4, number * 0.7 + 5, 1.0))
        sizes = tuple((platform, 1_500_000) for platform in PLATFORMS)
        targets.append(
            TargetRun(
                name,
                PLATFORMS,
                True,
                DONE,
                number * 0.7,
                5.0,
                3,
                9,
                "",
                "sha256:aa",
                (f"acme/{name}:1",),
                ("pushed",),
                sizes,
                True,
            )
        )
    end = count * 0.7 + 5
    targets.append(TargetRun("broken", (), True, FAILED, 0.0, end, 0, 1, HOSTILE))
    steps.append(Step("broken", "", f"RUN {HOSTILE}", "1/1", FAILED, 0.0, end, end, HOSTILE, (), (HOSTILE, "```"), 2))
    warning = Warned("broken", f"FromAsCasing {HOSTILE}", "", "javascript:alert(3)", "Dockerfile", 3)
    texts = ("Dockerfile:1", f"   1 | >>> RUN {HOSTILE}", f"ERROR: target broken: {HOSTILE}")
    return Run("docker buildx bake all", 1_795_246_075.0, end, FAILED, tuple(targets), tuple(steps), (warning,), texts)
