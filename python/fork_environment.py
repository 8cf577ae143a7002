"""Which variables a kernel's environment may have changed, when the modules it needs are already imported.

Python, the C library and numerical libraries read theirs while they start; modules read theirs when they are
imported, which is recorded. A kernel whose environment differs in one of those is started as usual.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# Read by code that is not Python, before anything could record it.
READ_AT_START = re.compile(
    r"(PYTHON|_PYTHON|PYENV|LD_|LC_|LANG|MALLOC_|GLIBC_|OPENSSL_|"  # the interpreter and the C library
    r"OMP_|GOMP_|KMP_|MKL_|OPENBLAS_|GOTO_|BLIS_|VECLIB_|NUMEXPR_|NPY_|NUMPY_|MPL|MATPLOTLIB|"
    r"(TZ|TZDIR|HOME|VIRTUAL_ENV)$)"
)
# Read when a program is started, and by imports that start one; nothing keeps what it finds.
READ_AGAIN = {"PATH"}


class NamesRead:
    """The names of the variables that were asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.all = False

    def matter(self, changed: set[str]) -> list[str]:
        """Those among the changed names that something has read already."""
        read = changed if self.all else changed & self.names
        return sorted({name for name in changed if READ_AT_START.match(name)} | read - READ_AGAIN)


@contextmanager
def recorded(read: NamesRead) -> Iterator[None]:
    """Notes which names of os.environ are asked for. Modules keep the object, which is left as it was."""
    plain = type(os.environ)

    class Recording(plain):  # type: ignore[misc, valid-type]
        def __getitem__(self, name: str) -> str:
            if isinstance(name, str):
                read.names.add(name)
            value: str = super().__getitem__(name)
            return value

        def __iter__(self) -> Iterator[str]:
            read.all = True
            return iter(super().__iter__())

    os.environ.__class__ = Recording
    try:
        yield
    finally:
        os.environ.__class__ = plain


def changed_names(template: Mapping[str, str], kernel: Mapping[str, str]) -> set[str]:
    """Variables that one has and the other has not, or has with another value."""
    names = template.keys() | kernel.keys()
    return {name for name in names if template.get(name) != kernel.get(name)}
