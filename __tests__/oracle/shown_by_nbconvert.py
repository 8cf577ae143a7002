"""Writes what nbconvert shows of every output of executed notebooks: shown_by_nbconvert.py PATHS > texts.json

A JSON object: path -> the text of each output, in order.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter


def main(paths: list[str]) -> None:
    outputs = {path: outputs_of(nbformat.read(path, as_version=4)) for path in paths}
    # One conversion for all: its templates take longer than the outputs.
    together = nbformat.v4.new_notebook()
    together.cells = [
        nbformat.v4.new_code_cell(source="x", outputs=[output], execution_count=1)
        for path in paths
        for output in outputs[path]
    ]
    html, _ = HTMLExporter().from_notebook_node(together)
    page = BeautifulSoup(html, "html.parser")
    for hidden in page.select("style, script, .jp-OutputPrompt, a.anchor-link"):
        hidden.decompose()
    texts = iter([area.get_text() for area in page.select(".jp-Cell > .jp-Cell-outputWrapper")])
    shown = {path: [next(texts) for _ in outputs[path]] for path in paths}
    if next(texts, None) is not None:
        raise SystemExit("nbconvert shows more outputs than there are")
    json.dump(shown, sys.stdout)


def outputs_of(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


if __name__ == "__main__":
    main(sys.argv[1:])
