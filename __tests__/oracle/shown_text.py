"""The text of a stream as a terminal shows it: the rule for merged streams, written a second time, in Python.

Chunks of one stream that follow each other are one output. In it a carriage return goes to the start of the
line, a backspace one column back, and what comes then overwrites. Escape sequences that erase or move are
obeyed in lines that are overwritten; all other lines stay as they are.
"""

from __future__ import annotations

import re
from typing import Any

Output = dict[str, Any]
Character = tuple[str, tuple[str, ...]]

SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|\x1b\][^\x07]*\x07")


def merged(outputs: list[Output]) -> list[Output]:
    """Outputs with every stretch of one stream as one output, shown as a terminal does."""
    result: list[Output] = []
    for output in outputs:
        last = result[-1] if result else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            result[-1] = last | {"text": last["text"] + output["text"]}
        else:
            result.append(output)
    return [output | {"text": shown(output["text"])} if "text" in output else output for output in result]


def shown(text: str) -> str:
    return "\n".join(_shown_line(line) for line in text.split("\n"))


def _shown_line(line: str) -> str:
    if "\b" not in line and "\r" not in line:
        return line
    before_moves = line.rstrip("\r\b")
    if "\b" not in before_moves and "\r" not in before_moves:
        return before_moves  # the cursor moved, but nothing was written there
    characters, _ = _written(line, ())
    return _with_colours(characters)


def _written(line: str, style: tuple[str, ...]) -> tuple[list[Character], tuple[str, ...]]:
    cells: list[Character] = []
    column = 0
    position = 0
    while position < len(line):
        character = line[position]
        sequence = SEQUENCE.match(line, position)
        position = sequence.end() if sequence else position + 1
        if sequence:
            if sequence[2] == "m":
                style = () if sequence[1] in ("", "0") else (*style, sequence[1])
            elif sequence[2] == "K":
                cells = [] if sequence[1] == "2" else cells[:column]
        elif character == "\r":
            column = 0
        elif character == "\b":
            column = max(0, column - 1)
        else:
            cells.extend([(" ", ())] * (column + 1 - len(cells)))
            cells[column] = (character, style)
            column += 1
    return cells, style


def _with_colours(characters: list[Character]) -> str:
    text = ""
    before: tuple[str, ...] = ()
    for character, style in [*characters, ("", ())]:
        if style != before:
            text += "\x1b[0m" + "".join(f"\x1b[{parameters}m" for parameters in style)
        text += character
        before = style
    return text


def colours_rewritten(text: str) -> str:
    """The text with each line's colours written in the one way of this file, whoever wrote them."""
    lines = []
    style: tuple[str, ...] = ()
    for line in text.split("\n"):
        characters, style = _written(line, style)
        lines.append(_with_colours(characters))
    return "\n".join(lines)
