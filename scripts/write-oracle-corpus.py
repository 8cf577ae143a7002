"""Writes the notebooks of the oracle suite; with `--check` only says whether they are up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from oracle_corpus import CORPUS

FOLDER = Path(__file__).parent.parent / "__tests__" / "oracle" / "corpus"


def main() -> int:
    expected = {f"{name}.ipynb": text_of(notebook) for name, notebook in CORPUS.items()}
    if "--check" in sys.argv[1:]:
        found = {path.name: path.read_text("utf8") for path in FOLDER.glob("*.ipynb")}
        stale = sorted(
            name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
        )
        print("\n".join(stale))
        return 1 if stale else 0
    for path in FOLDER.glob("*.ipynb"):
        path.unlink()
    for name, text in expected.items():
        (FOLDER / name).write_text(text, "utf8")
    return 0


def text_of(notebook: dict[str, Any]) -> str:
    """As nbformat writes it, but for texts in one piece, which it reads too."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
