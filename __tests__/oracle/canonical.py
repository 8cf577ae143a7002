"""Executed notebooks as the programs are compared: what chance decides is replaced by names.

    canonical.py FOLDER

Writes what each `FOLDER/<program>/papermill_outputs/**/<name>.ipynb` holds to FOLDER/canonical.json, as
{name of the run: {program: notebook}}. Addresses, process ids, times, made-up ids and the folder's own path
become names; text and JSON are otherwise left alone. Only the oracles' streams are merged: those of the
program under test stand as it wrote them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from shown_text import colours_rewritten, merged

Json = Any
ORACLES = ("nbclient", "papermill")
OURS = ("ours", "spawned")
WIDGETS = "application/vnd.jupyter.widget-state+json"

PATTERNS = [
    (re.compile(r"0x[0-9a-f]{6,16}"), "0x…"),
    (re.compile(r"ipykernel_\d+/\d+\.py"), "ipykernel_…/….py"),
    (re.compile(r"(CPU times: |Wall time: ).*"), r"\1…"),
    (re.compile(r"<TimeitResult : .*>"), "<TimeitResult : …>"),
    (re.compile(r"(similar frames: .*)\(\d+ times\)"), r"\1(… times)"),  # kernels differ in depth
    (re.compile(r"\(pid=\d+\)"), "(pid=…)"),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "…:…:…"),
]
LARGEST_INTEGER = 2**53 - 1
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
WIDGET_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


def main(folder: str) -> None:
    root = Path(folder).resolve()
    result: dict[str, dict[str, Json]] = {}
    for program in (*OURS, *ORACLES):
        own = (root / program).resolve()  # those of the oracles are kept elsewhere
        for path in sorted((own / "papermill_outputs").glob("*/*/*.ipynb")):
            result.setdefault(path.parent.name, {})[program] = canonical(path, own, program)
    (root / "canonical.json").write_text(json.dumps(result), "utf8")


def canonical(path: Path, folder: Path, program: str) -> Json:
    notebook = nbformat.reads(path.read_text("utf8"), as_version=nbformat.NO_CONVERT)
    source = nbformat.read(folder / f"{path.parent.parent.name}.ipynb", as_version=nbformat.NO_CONVERT)
    invalid = [problem for problem in problems(notebook) if problem not in problems(source)]
    known = {cell.get("id") for cell in source.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code" and program in ORACLES:
            cell.outputs = merged(cell.outputs)
        if cell.cell_type == "code" and notebook.metadata.get("compare_colours_as_shown"):
            for output in cell.outputs:
                if "text" in output:
                    output["text"] = colours_rewritten(output["text"])
        if "id" in cell:
            cell["id"] = cell["id"] if cell["id"] in known else "<made>"
        cell.metadata = _without_times(cell.metadata)
    notebook.metadata = _without_times(notebook.metadata)
    if program in ORACLES:
        for model in notebook.metadata.get("widgets", {}).get(WIDGETS, {}).get("state", {}).values():
            if "outputs" in model["state"]:
                model["state"]["outputs"] = merged(model["state"]["outputs"])
    text = json.dumps(notebook)
    document = json.loads(text.replace(json.dumps(str(folder))[1:-1], "<folder>"))
    document = _strings(_named_widgets(document), _without_chance)
    return document | {"invalid": invalid}


def problems(notebook: Json) -> list[str]:
    """What nbformat's validator says, first lines."""
    return [str(error).split("\n")[0] for error in nbformat.validator.iter_validate(notebook)]


def _without_chance(text: str) -> str:
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def _without_times(metadata: Json) -> Json:
    """nbclient's and papermill's times become names, if they have the form these programs give them."""
    execution = metadata.get("execution", {})
    for key, value in execution.items():
        if isinstance(value, str) and UTC_TIME.fullmatch(value):
            execution[key] = "<time>"
    papermill = metadata.get("papermill", {})
    for key in ("start_time", "end_time"):
        if isinstance(papermill.get(key), str) and ISO_TIME.fullmatch(papermill[key]):
            papermill[key] = "<time>"
    if isinstance(papermill.get("duration"), float):
        papermill["duration"] = "<seconds>"
    if isinstance(papermill.get("version"), str):
        papermill["version"] = "<version>"
    return metadata


def _named_widgets(document: Json) -> Json:
    """Ids of widgets by order of appearance: in the outputs, then in the state of named widgets."""
    state = document["metadata"].get("widgets", {}).get(WIDGETS, {}).get("state")
    names: dict[str, str] = {}

    def name_all(text: str) -> str:
        for found in WIDGET_ID.findall(text):
            names.setdefault(found, f"<widget {len(names) + 1}>")
        return text

    _strings(document["cells"], name_all)
    if state is None:
        return _strings(document, lambda text: WIDGET_ID.sub(lambda found: names[found[0]], text))
    done: set[str] = set()
    while len(done) < len(state):
        ready = [widget for widget in names if widget in state and widget not in done]
        if not ready:  # nobody refers to it: the content says which one comes next
            rest = [widget for widget in state if widget not in done]
            ready = [
                min(rest, key=lambda widget: WIDGET_ID.sub("", json.dumps(state[widget], sort_keys=True)))
            ]
            name_all(ready[0])
        for widget in ready:
            done.add(widget)
            _strings(state[widget], name_all)
    renamed = _strings(document, lambda text: WIDGET_ID.sub(lambda found: names[found[0]], text))
    content = renamed["metadata"]["widgets"][WIDGETS]
    content["state"] = {names[widget]: model for widget, model in content["state"].items()}
    return renamed


def _strings(value: Json, change: Callable[[str], str]) -> Json:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_strings(member, change) for member in value]
    if isinstance(value, dict):
        return {key: _strings(member, change) for key, member in value.items()}
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > LARGEST_INTEGER):
        return f"<number {value!r}>"  # JSON.parse would change it
    return value


if __name__ == "__main__":
    main(*sys.argv[1:])
