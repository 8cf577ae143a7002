"""Pages that a fork copies for the same work, before and after its parent's memory is arranged, as JSON.

    fork_memory_faults.py FOLDER_OF_FORK_MEMORY
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable

sys.path.insert(0, sys.argv[1])
import fork_memory  # noqa: E402


def faults(work: Callable[[], object]) -> int:
    answer, teller = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        kept = work()
        after = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        os.write(teller, str(after - before).encode())
        del kept
        os._exit(0)
    os.close(teller)
    with os.fdopen(answer) as file:
        told = file.read()
    os.waitpid(child, 0)
    return int(told)


def with_gaps(size: int, count: int) -> list[bytes]:
    """Every eighth object of them is free again."""
    return [value for number, value in enumerate([bytes(size) for _ in range(count)]) if number % 8]


def compare(arrange: Callable[[], object], work: Callable[[], object]) -> list[int]:
    before = faults(work)
    arrange()
    return [before, faults(work)]


class Looked:
    """A class whose attributes are looked up."""


# Names that stand a page from each other, among others of their size, and names that stand together.
names = [f"name_{number:08}" for number in range(200_000)]
far, near = names[:192_000:64], names[-3000:]
small, large = with_gaps(80, 200_000), with_gaps(2000, 20_000)

result = {
    "objects": compare(fork_memory.fill_gaps_of_objects, lambda: [bytes(80) for _ in range(20_000)]),
    "malloc": compare(fork_memory.fill_gaps_of_malloc, lambda: [bytes(2000) for _ in range(2_000)]),
}
sys.modules.update(dict.fromkeys(far, sys))
modules = list(sys.modules)
result["names"] = compare(fork_memory.bring_together_module_names, lambda: set(sys.modules.keys()))
for name in far:
    getattr(Looked, name, None)
result["lookups"] = compare(fork_memory.forget_lookups, lambda: [getattr(Looked, name, None) for name in near])
print(json.dumps({**result, "same": list(sys.modules) == modules}))
