"""How the corpus is written down: a notebook is a list of cells, a cell of code is its source."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

Cell = dict[str, Any]

KERNELSPEC = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def _source(text: str) -> str:
    return dedent(text).strip("\n")


def code(source: str, *tags: str, outputs: list[Cell] | None = None, **more: Any) -> Cell:
    """A code cell as nobody has executed it yet, unless outputs are given; `more` is metadata."""
    metadata = ({"tags": list(tags)} if tags else {}) | more
    executed = {"outputs": outputs or [], "execution_count": 7 if outputs else None}
    return {"cell_type": "code", "metadata": metadata, "source": _source(source)} | executed


def markdown(source: str, *tags: str, **more: Any) -> Cell:
    """A markdown cell; `more` is whatever else a cell may have, for instance attachments."""
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "markdown", "metadata": metadata, "source": _source(source)} | more


def raw(source: str, **metadata: Any) -> Cell:
    """A raw cell."""
    return {"cell_type": "raw", "metadata": metadata, "source": source}


def stream(text: str, name: str = "stdout") -> Cell:
    """A stream output of an earlier execution."""
    return {"output_type": "stream", "name": name, "text": text}


def notebook(*cells: str | Cell, minor: int = 5, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """A whole notebook; cells get the ids that nbformat 4.5 asks for."""
    made = [code(cell) if isinstance(cell, str) else dict(cell) for cell in cells]
    if minor >= 5:
        for index, cell in enumerate(made):
            cell.setdefault("id", f"cell-{index}")
    own = KERNELSPEC if metadata is None else metadata
    return {"nbformat": 4, "nbformat_minor": minor, "metadata": own, "cells": made}
