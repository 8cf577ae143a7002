"""Writes golden/nbconvert.json: a notebook with every kind of output, and the text that nbconvert shows of each.

Run it where nbconvert and beautifulsoup4 are installed: python __tests__/viewer/nbconvert_text.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

HERE = Path(__file__).parent
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="

FRAME = """<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style>
<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>a &lt; b</th></tr></thead>
<tbody><tr><th>0</th><td>1.5</td></tr><tr><th>1</th><td>NaN</td></tr></tbody></table><p>2 rows × 1 columns</p></div>"""

MARKDOWN = """# Title *with* `code`

A paragraph with **bold**, _italic_, ~~struck~~ and a [link](https://example.org).

* one
* two
    * nested

1. first
2. second

> quoted

| left | right |
|:-----|------:|
| a    |     1 |

```python
x = 1 < 2 & 3
```

- [x] done
- [ ] open

Line one
line two, 5 < 6 & 7 > 3, a_b_c and 2*3*4.
"""


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def display(**data: Any) -> dict[str, Any]:
    bundle = {kind.replace("__", "/").replace("_xml", "+xml"): content for kind, content in data.items()}
    return {"output_type": "display_data", "data": bundle, "metadata": {}}


OUTPUTS: dict[str, dict[str, Any]] = {
    "stdout": stream("first\n  second <b>&amp;</b>\n\ttab\n"),
    "stderr": stream("warning: it is late\n", "stderr"),
    "ansi colours": stream("\x1b[31mred\x1b[0m \x1b[1;32mbold green\x1b[0m \x1b[38;5;208morange\x1b[0m \x1b[48;2;1;2;3mfree\x1b[m\n"),
    "ansi inverse": stream("\x1b[7minverse\x1b[27m and \x1b[4munderlined\x1b[24m\n"),
    "error": {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "no <b>",
        "traceback": ["\x1b[31m-----\x1b[39m", "\x1b[31mValueError\x1b[39m: no <b>\nsecond line"],
    },
    "plain": display(text__plain="array([[1, 2],\n       [3, 4]])"),
    "execute_result": {
        "output_type": "execute_result",
        "data": {"text/plain": "'<text>'"},
        "metadata": {},
        "execution_count": 1,
    },
    "html table": display(text__html=FRAME, text__plain="   a < b\n0    1.5"),
    "html text": display(text__html="<p>Some <b>bold</b> &amp; <i>italic</i> text<br>in two lines</p>"),
    "html details": display(text__html="<details><summary>More</summary>Hidden</details>"),
    "markdown": display(text__markdown=MARKDOWN),
    "png": display(image__png=PNG, text__plain="<Figure size 1x1>"),
    "jpeg": display(image__jpeg=PNG, text__plain="<Figure size 1x1>"),
    "svg": display(image__svg_xml="<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4'/></svg>"),
    "richest wins": display(text__plain="plain", text__html="<em>rich</em>", image__png=PNG),
    "own type beside plain": {
        "output_type": "display_data",
        "data": {"text/x-own": "own", "application/vnd.own+json": {"a": 1}, "text/plain": "own, in plain"},
        "metadata": {},
    },
    "map beside plain": {
        "output_type": "display_data",
        "data": {"application/geo+json": {"type": "Point", "coordinates": [1, 2]}, "text/plain": "a point"},
        "metadata": {},
    },
    "pdf beside plain": display(application__pdf="JVBERi0=", text__plain="a page"),
    "formula that cannot be read": display(text__latex="$\\undefined{x}$"),
    "unicode": stream("Grüße 日本語 🎉 \u202eright to left\n"),
}


def main() -> None:
    cells = [
        nbformat.v4.new_code_cell(source="x", outputs=[nbformat.from_dict(output)], execution_count=1)
        for output in OUTPUTS.values()
    ]
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    page = BeautifulSoup(html, "html.parser")
    for hidden in page.select("style, script, .jp-OutputPrompt, a.anchor-link"):
        hidden.decompose()
    shown = [area.get_text() for area in page.select(".jp-OutputArea")]
    assert len(shown) == len(OUTPUTS)
    golden = [
        {"name": name, "output": output, "text": text}
        for (name, output), text in zip(OUTPUTS.items(), shown, strict=True)
    ]
    (HERE / "golden").mkdir(exist_ok=True)
    (HERE / "golden" / "nbconvert.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
