"""Where a template's memory stands, so that its kernels write to fewer pages of it.

Each page that a fork writes to is copied, and counting one more reference to an object is writing.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import warnings
from contextlib import suppress

# Taking blocks splits larger ones, and leaves a few again.
ROUNDS = 3
MALLOC_HEADER_BYTES = 8
MALLOC_UNIT_BYTES = 16


def arrange() -> None:
    """An interpreter or an allocator that does these things differently is left as it is."""
    for step in (forget_lookups, fill_gaps_of_objects, fill_gaps_of_malloc, bring_together_module_names):
        with suppress(Exception):
            step()


def forget_lookups() -> None:
    """Python remembers what classes have; each new entry in a kernel releases the name of an old one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # since 3.13 there is a wider one
        sys._clear_type_cache()


def bring_together_module_names() -> None:
    """IPython holds every name of `sys.modules` once more in each kernel."""
    modules = {os.fsdecode(os.fsencode(name)): module for name, module in sys.modules.items()}
    sys.modules.clear()
    sys.modules.update(modules)


def fill_gaps_of_objects() -> None:
    """
    What imports have freed is spread over thousands of pages, and would be used first; new memory is used
    page by page. This is about objects of up to 512 bytes, in Python's own pools of blocks of one size.
    """
    allocate = ctypes.PyDLL(None).PyObject_Malloc  # a notebook's ctypes.pythonapi is as it was
    allocate.argtypes, allocate.restype = [ctypes.c_size_t], ctypes.c_void_p
    for _ in range(ROUNDS):
        for size, free in free_blocks_of_objects():
            for _ in range(free):
                allocate(size)


def free_blocks_of_objects() -> list[tuple[int, int]]:
    """Bytes of a block → free blocks in pools in use, of the table that Python prints for developers."""
    printed = os.memfd_create("allocator")
    stderr = os.dup(2)
    os.dup2(printed, 2)
    try:
        sys._debugmallocstats()
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
    with os.fdopen(printed, "rb") as file:
        file.seek(0)
        text = file.read().decode()
    table, _, _ = text.partition("# arenas")
    rows = re.findall(r"^ *\d+ +(\d+) +\d+ +\d+ +(\d+)$", table, re.MULTILINE)
    return [(int(size), int(free)) for size, free in rows]


def fill_gaps_of_malloc() -> None:
    """As above, in the C library's heap (glibc's): larger objects, and what libraries allocate."""
    libc = ctypes.PyDLL(None)
    libc.malloc.argtypes, libc.malloc.restype = [ctypes.c_size_t], ctypes.c_void_p
    for _ in range(ROUNDS):
        for size, free in free_blocks_of_malloc(libc):
            for _ in range(free):
                libc.malloc(size - MALLOC_HEADER_BYTES)


def free_blocks_of_malloc(libc: ctypes.PyDLL) -> list[tuple[int, int]]:
    """Bytes of a block → free blocks in the main heap, of what glibc's malloc_info(3) writes."""
    start, length = ctypes.c_void_p(), ctypes.c_size_t()
    libc.open_memstream.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(libc.open_memstream(ctypes.byref(start), ctypes.byref(length)))
    libc.malloc_info(0, stream)
    libc.fclose(stream)
    text = ctypes.string_at(start.value or 0, length.value).decode()
    libc.free(start)
    heap, _, _ = text.partition("</heap>")
    rows = re.findall(r'<size from="(\d+)" to="(\d+)" total="\d+" count="(\d+)"/>', heap)
    return [(bytes_of_block(int(least), int(most)), int(free)) for least, most, free in rows]


def bytes_of_block(least: int, most: int) -> int:
    """glibc tells a range that ends with a whole block, or sizes of blocks with a flag in the lowest bit."""
    return most if most % MALLOC_UNIT_BYTES == 0 else least // MALLOC_UNIT_BYTES * MALLOC_UNIT_BYTES
