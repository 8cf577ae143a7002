"""Writes what nbclient makes of lists of kernel messages: golden/messages.json and golden/recorded.json of __tests__/notebook.

    oracle/bin/pip install nbclient ipykernel ipywidgets
    oracle/bin/python scripts/notebook-message-goldens.py [NOTEBOOK…]

Drawn lists come from a fixed seed. The recorded session comes from a real kernel; with arguments, these notebooks are
recorded instead and printed.
"""

from __future__ import annotations

import base64
import json
import random
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete

ROOT = Path(__file__).resolve().parent.parent / "__tests__" / "notebook" / "golden"
CELLS = 3


def drawn_message(cell: int, position: int) -> dict:
    kind = random.choice(
        ["stream"] * 4 + ["display_data"] * 4 + ["update_display_data"] * 3 + ["clear_output"] * 2 + ["execute_result", "error", "execute_input"]
    )
    shown = {"data": {"text/plain": f"{cell}.{position}"}, "metadata": random.choice([{}, {"isolated": True}])}
    if random.random() < 0.7:
        shown["transient"] = {"display_id": random.choice("abc")}
    content = {
        "stream": {"name": random.choice(["stdout", "stderr"]), "text": random.choice(["x", "y\n", "", "one\ntwo"])},
        "display_data": shown,
        "update_display_data": shown,
        "clear_output": {"wait": random.choice([True, False])},
        "execute_result": shown | {"execution_count": cell + 1},
        "error": {"ename": "E", "evalue": str(position), "traceback": ["a", "b"]},
        "execute_input": {"code": "x", "execution_count": cell + 1},
    }[kind]
    return message(cell, kind, content)


def message(cell: int, kind: str, content: dict) -> dict:
    return {"cell": cell, "type": kind, "content": content}


def nbclient_outputs(messages: list[dict]) -> list:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x") for _ in range(CELLS)])
    client = NotebookClient(nb, record_timing=False)
    client.reset_execution_trackers()
    cell = None
    for item in messages:
        if item["cell"] != cell:
            client.clear_before_next_output = False
        cell = item["cell"]
        header = {"msg_type": item["type"]}
        wire = {"msg_type": item["type"], "header": header, "parent_header": {"msg_id": str(cell)}, "content": json.loads(json.dumps(item["content"]))}
        try:
            client.process_message(wire, nb.cells[cell], cell)
        except CellExecutionComplete:
            pass
    return [{"outputs": cell.outputs, "execution_count": cell.execution_count} for cell in nb.cells]


def write_drawn() -> None:
    rows = []
    for _ in range(150):
        messages = [drawn_message(cell, position) for cell in range(CELLS) for position in range(random.randint(0, 8))]
        rows.append({"messages": messages, "cells": nbclient_outputs(messages)})
    (ROOT / "messages.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


class Recorder(NotebookClient):
    """Notes every message that a cell receives, and every comm message it sends."""

    record: list

    def process_message(self, msg, cell, cell_index):
        self.record.append(
            {
                "cell": cell_index,
                "type": msg["msg_type"],
                "id": msg["header"]["msg_id"],
                "parentId": msg["parent_header"].get("msg_id"),
                "date": msg["header"]["date"].isoformat(),
                "content": json.loads(json.dumps(msg["content"])),
                "buffers": [base64.b64encode(buffer).decode() for buffer in msg.get("buffers", [])],
            }
        )
        return super().process_message(msg, cell, cell_index)


def recorded(nb) -> dict:
    client = Recorder(nb, allow_errors=True, kernel_name="python3", timeout=60)
    client.record = []
    client.execute()
    return {
        "cells": [{"cell_type": cell.cell_type, "source": cell.source} for cell in nb.cells],
        "messages": client.record,
        "executed": {"cells": [{"outputs": cell.get("outputs"), "execution": cell.metadata.get("execution")} for cell in nb.cells], "widgets": nb.metadata.get("widgets")},
    }


SESSION = [
    "import sys, ipywidgets\nfrom IPython.display import display, clear_output\nbox = ipywidgets.Output()\ninner = ipywidgets.Output()\nbox",
    "print('before')\nwith box:\n    print('one')\n    print('two', file=sys.stderr)\n    display('shown')\nprint('after')",
    "with box:\n    clear_output(wait=True)\n    print('replaced')\n    with inner:\n        print('deep')\n    1/0",
    "handle = display('first', display_id=True)\ndisplay(ipywidgets.IntSlider(value=3))",
    "handle.update('second')\nprint('gone'); clear_output(wait=True); print('kept')",
    "ipywidgets.Image(value=b'\\x89PNG bytes', format='png')",
    "box.outputs",
]


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps([recorded(nbformat.read(path, as_version=4)) for path in sys.argv[1:]]))
        return
    random.seed(2019)
    write_drawn()
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SESSION])
    (ROOT / "recorded.json").write_text(json.dumps(recorded(nb), indent=1) + "\n")


if __name__ == "__main__":
    main()
