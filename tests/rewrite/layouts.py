"""Random layouts of lists and objects: lines, comments, commas and blanks wherever the grammar lets them be."""

from __future__ import annotations

from hypothesis import strategies as st

BLANKS = st.sampled_from(["", " ", "  "])
INLINE = st.sampled_from(["", "", "", " /* why */", " /* a, b */ "])
LINE_ENDS = st.sampled_from(["\n", "\n", " # why\n", " // why, so\n", "   /* why */\n"])
ABOVE = st.sampled_from(["", "", "", "    # above\n", "    // one\n    # two\n", "\n", "    /* three\n    lines */\n"])
BELOW = st.sampled_from(["", "    # last\n", "\n"])
COMMA = st.sampled_from(["", ","])
OPENED = st.sampled_from(["", "\n    "])
CLOSED = st.sampled_from(["", "\n  "])
GAPS = st.sampled_from([" ", "\n    ", " # why\n    ", "\n\n    "])
SEPARATORS = st.sampled_from([", ", "\n    ", ",\n    "])
NEXT_LINE = ",\n    "
VALUES = st.sampled_from(['"{}"', '"a-{}"', 'upper("{}")', '"${{TAG}}-{}"', '"}}, {}"', '[\n  "{}"\n]', '("{}")'])


@st.composite
def lists(draw: st.DrawFn) -> str:
    """The text of a list with one to four items."""
    texts = [draw(VALUES).format(f"i{number}") for number in range(draw(st.integers(1, 4)))]
    match draw(st.sampled_from(["inline", "lines", "lines", "hugged", "comma first", "mixed"])):
        case "inline":
            pad = draw(BLANKS)
            parts = [text + draw(INLINE) for text in texts]
            return f"[{pad}{f',{draw(BLANKS)}'.join(parts)}{draw(COMMA)}{pad}]"
        case "hugged":
            return f"[{NEXT_LINE.join(texts)}{draw(COMMA)}]"
        case "comma first":
            first, *rest = texts
            lines = "".join(f"{draw(ABOVE)}    , {text}{draw(LINE_ENDS)}" for text in rest)
            return f"[\n{draw(ABOVE)}    {first}{draw(LINE_ENDS)}{lines}  ]"
        case "mixed":
            parts = [f"{text}{draw(INLINE)},{draw(GAPS)}" for text in texts]
            return f"[{draw(OPENED)}{''.join(parts).rstrip(' ')}{draw(CLOSED)}]"
        case _:
            comma = draw(COMMA)
            lines = [
                f"{draw(ABOVE)}    {text}{'' if place == len(texts) - 1 and not comma else ','}{draw(LINE_ENDS)}"
                for place, text in enumerate(texts)
            ]
            return f"[\n{''.join(lines)}{draw(BELOW)}  ]"


@st.composite
def objects(draw: st.DrawFn) -> str:
    """The text of an object with one to four entries."""
    keys = ["A", "LONGER", "b-c", "d"][: draw(st.integers(1, 4))]
    sign = draw(st.sampled_from([" = ", "=", ": ", " : ", "   = "]))
    is_quoted = draw(st.booleans())
    texts = [
        (f'"{key}"' if is_quoted else key) + sign + draw(VALUES).format(f"i{place}") for place, key in enumerate(keys)
    ]
    match draw(st.sampled_from(["inline", "lines", "lines", "lines with commas", "mixed"])):
        case "inline":
            pad = draw(BLANKS)
            return f"{{{pad}{', '.join(text + draw(INLINE) for text in texts)}{draw(COMMA)}{pad}}}"
        case "lines":
            return "{\n" + "".join(f"{draw(ABOVE)}    {text}{draw(LINE_ENDS)}" for text in texts) + "  }"
        case "mixed":
            parts = [f"{text}{draw(SEPARATORS)}" for text in texts]
            return f"{{{draw(OPENED)}{''.join(parts).rstrip(' ')}{draw(CLOSED)}}}"
        case _:
            return "{\n" + "".join(f"{draw(ABOVE)}    {text},{draw(LINE_ENDS)}" for text in texts) + "  }"
