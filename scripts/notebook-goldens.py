"""Writes what nbformat and papermill make of a corpus of notebooks: the goldens of __tests__/notebook.

    python -m venv oracle && oracle/bin/pip install nbformat papermill nbclient
    oracle/bin/python scripts/notebook-goldens.py

Inputs go to __tests__/notebook/fixtures, results to __tests__/notebook/golden. Same input, same bytes: what the
libraries draw at random (cell ids) is not used.
"""

from __future__ import annotations

import copy
import json
import random
import struct
import tempfile
from pathlib import Path

import nbformat
import papermill.execute
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

ROOT = Path(__file__).resolve().parent.parent / "__tests__" / "notebook"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def code(source, outputs=(), **more):
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": f"cell-{random.getrandbits(32):08x}",
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }
    return cell | more


def display(data, **more):
    return {"output_type": "display_data", "data": data, "metadata": {}} | more


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def markdown(source, **more):
    return {"cell_type": "markdown", "id": f"md-{random.getrandbits(32):08x}", "metadata": {}, "source": source} | more


def notebook(*cells, minor=5, **more):
    return {"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": list(cells)} | more


def without_ids(cell):
    return {key: value for key, value in cell.items() if key != "id"}


LINE_ENDS = "a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l\n\n\nend"

CORPUS = {
    "empty": notebook(),
    "line-ends": notebook(code(LINE_ENDS, [stream(LINE_ENDS)]), markdown(LINE_ENDS), code(""), code("\n"), code("x\n")),
    "joined-and-split": notebook(
        code(["a = 1\n", "b = 2"], [stream(["one\n", "two\n"]), stream("three", "stderr"), stream([])]),
        code("c\nd", [stream("one\ntwo")]),
    ),
    "unicode": notebook(
        markdown("é ü ß 漢字 😀 \u200b \x00 \x01 \x1b[31m \x7f \x80 \ufeff \\ / \" '"),
        code("s = '𝔘𝔫𝔦'", metadata={"é": 1, "😀": 2, "\uffff": 3, "\ue000": 4, "z": 5, "Z": 6, "_": 7, "10": 8, "9": 9}),
    ),
    "mime": notebook(
        code(
            "x",
            [
                display(
                    {
                        "text/plain": "a\nb",
                        "text/html": ["<b>\n", "</b>"],
                        "text/latex": "$x$",
                        "text/x-own+json": "{\n}",
                        "image/svg+xml": "<svg>\n</svg>\n",
                        "image/png": "aGVs\nbG8=\n",
                        "image/jpeg": ["aGVs\n", "bG8="],
                        "application/javascript": "a()\nb()\n",
                        "application/x-javascript": "a()\nb()\n",
                        "application/pdf": "JVBERi0=\n",
                    }
                ),
                {
                    "output_type": "execute_result",
                    "execution_count": 3,
                    "metadata": {"image/png": {"width": 10, "needs_background": "light"}, "isolated": True},
                    "data": {
                        "application/json": {"b": ["line\n", "line"], "a": [1, 2.0, None, True]},
                        "application/vnd.vega.v5+json": {"width": 1.0, "$schema": "x\ny"},
                        "application/geo+json": ["just\n", "lines\n"],
                        "text/plain": "",
                    },
                },
                {"output_type": "error", "ename": "E", "evalue": "e\nv", "traceback": ["\x1b[0;31mE\x1b[0m\nline", "two"]},
            ],
            execution_count=3,
        )
    ),
    "attachments": notebook(
        markdown("![x](attachment:x.png)", attachments={"x.png": {"image/png": "aGk=", "text/plain": ["a\n", "b"]}}),
        {"cell_type": "raw", "id": "raw", "metadata": {"format": "text/restructuredtext"}, "source": "a\nb", "attachments": {}},
    ),
    "numbers": notebook(
        code("x", metadata={"ints": [0, -0, 1, -1, 2**53, 2**53 + 1, 2**63, -(2**64), 10**22, 10**30]}),
        metadata={"floats": [0.0, -0.0, 1.0, 1.5, 100.0, 1e15, 1e16, 1e21, 1e22, 1.5e300, 1e-4, 1e-5, 1.5e-7, 5e-324, 0.1, 1 / 3]},
    ),
    "unknown-keys": notebook(
        code("x", metadata={"trusted": True, "vendor": {"z": [], "a": {}, "m": [[], {}, [[]]]}, "tags": []}),
        metadata={"orig_nbformat": 4, "orig_nbformat_minor": 2, "signature": "s", "language_info": {"name": "R"}, **KERNEL},
    ),
    "minor-0": notebook(
        without_ids(code("print(1)", [stream("1\n")])), without_ids(markdown("# T")), minor=0, metadata={"kernelspec": {"name": "x", "display_name": "x"}}
    ),
    "minor-4": notebook(without_ids(code("print(1)", [stream("1\n")])), minor=4),
    "widgets": notebook(
        code("w", [display({"application/vnd.jupyter.widget-view+json": {"model_id": "m", "version_major": 2, "version_minor": 0}})]),
        metadata={
            "widgets": {
                "application/vnd.jupyter.widget-state+json": {
                    "state": {"m": {"model_name": "IntSliderModel", "state": {"value": 7.0, "text": "a\nb"}}},
                    "version_major": 2,
                    "version_minor": 0,
                }
            }
        },
    ),
}

# Ways in which other programs write the same notebook.
STYLES = {
    "empty": {"separators": (",", ":")},
    "line-ends": {"indent": 2},
    "joined-and-split": {"indent": 4},
    "unicode": {"ensure_ascii": True},
    "mime": {"indent": None},
    "attachments": {"indent": "\t", "sort_keys": True},
    "numbers": {"separators": (",", ":")},
}


def write_round_trips():
    for name, document in CORPUS.items():
        text = json.dumps(document, **({"ensure_ascii": False, "indent": 1} | STYLES.get(name, {})))
        source = ROOT / "fixtures" / f"{name}.ipynb"
        source.write_text(text, encoding="utf8", newline="")
        with (ROOT / "golden" / f"{name}.ipynb").open("w", encoding="utf8", newline="") as file:
            with source.open(encoding="utf8", newline="") as read:
                nbformat.write(nbformat.read(read, as_version=4), file)


def write_floats():
    values = [0.0, -0.0, 1e16, 9999999999999998.0, 1e-4, 9.999e-5, 1e22, 5e-324, 1.7976931348623157e308, float("nan"), float("inf"), float("-inf")]
    values += [struct.unpack("<d", random.randbytes(8))[0] for _ in range(300)]
    values += [random.uniform(-1, 1) * 10 ** random.randint(-25, 25) for _ in range(300)]
    values += [float(random.randint(-(10**17), 10**17)) for _ in range(50)]
    rows = [[struct.pack(">d", value).hex(), repr(value)] for value in values]
    (ROOT / "golden" / "floats.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


def tagged(*tags):
    return {"tags": list(tags)}


INJECTIONS = {
    "no tags": notebook(markdown("# T"), code("a")),
    "after the first parameters cell": notebook(code("a"), code("b", metadata=tagged("x", "parameters")), code("c", metadata=tagged("parameters"))),
    "in place of the first injected cell": notebook(
        code("a", metadata=tagged("injected-parameters")), code("b", metadata=tagged("parameters")), code("c", metadata=tagged("injected-parameters"))
    ),
    "after a tagged markdown cell": notebook(markdown("a", metadata=tagged("parameters")), code("b")),
    "an empty notebook": notebook(),
    "old error markers": notebook(
        markdown("old", metadata=tagged("papermill-error-cell-tag")), code("p", metadata=tagged("parameters")), markdown("old", metadata=tagged("papermill-error-cell-tag")), code("b")
    ),
    "an old notebook": notebook(without_ids(code("a")), minor=2),
}


def shape(cell):
    return {"cell_type": cell["cell_type"], "metadata": {"tags": cell["metadata"].get("tags", [])}, "source": cell["source"]}


def write_injections():
    rows = {}
    for name, document in INJECTIONS.items():
        for parameters in ({"a": 1}, {}):
            text = json.dumps(copy.deepcopy(document) | {"metadata": KERNEL | {"language_info": {"name": "python"}}})
            with tempfile.NamedTemporaryFile("w", suffix=".ipynb") as file:
                file.write(text)
                file.flush()
                node = load_notebook_node(file.name)
            if parameters:
                node = parameterize_notebook(node, parameters)
            node = papermill.execute.remove_error_markers(node)
            rows[f"{name}, {'with' if parameters else 'without'} parameters"] = {
                "notebook": document,
                "source": "# Parameters\na = 1\n" if parameters else None,
                "cells": [shape(cell) for cell in node.cells],
            }
    (ROOT / "golden" / "injections.json").write_text(json.dumps(rows, indent=1) + "\n")


def write_markers():
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}
    rows = []
    for index in range(3):
        document = notebook(*(code(f"cell {at}", [error] if at == index else [], execution_count=at + 4) for at in range(3)))
        node = nbformat.from_dict(copy.deepcopy(document))
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/out.ipynb"
            try:
                papermill.execute.raise_for_execution_errors(node, path)
            except papermill.exceptions.PapermillExecutionError:
                pass
            written = nbformat.read(path, as_version=4)
        rows.append({"notebook": document, "cellIndex": index, "cells": [shape(cell) for cell in written.cells]})
    (ROOT / "golden" / "markers.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    random.seed(2019)
    write_round_trips()
    write_floats()
    write_injections()
    write_markers()
