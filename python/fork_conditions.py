"""Whether a kernel may be forked from a template, or something of its own would come too late in a fork."""

from __future__ import annotations

import importlib.machinery
import os
from collections.abc import Mapping
from dataclasses import dataclass

from fork_environment import NamesRead, changed_names
from fork_protocol import KernelCommand

# Files in the working directory that a module reads when it is imported.
READ_FROM_DIRECTORY = {"matplotlib": "matplotlibrc", "numba": ".numba_config.yaml"}


@dataclass(frozen=True)
class TemplateState:
    """What a template has been started with, and imported."""

    env: Mapping[str, str]
    added: Mapping[str, str]
    """Variables that its imports have set, as they would in a kernel."""
    cwd: str
    read: NamesRead
    modules: frozenset[str]
    """Top-level modules that a launched kernel would look for in its working directory first."""


def reason_to_launch(command: KernelCommand, template: TemplateState) -> str | None:
    """Why the kernel has to be launched as usual, to be said after "because"; None if it may be forked."""
    late = template.read.matter(changed_names(template.env, command["env"]))
    if late:
        return f"its environment sets {', '.join(late)}, which is read before a notebook starts"
    shadowing = shadowed_modules(command["cwd"], template.modules)
    if shadowing:
        return f"its directory has a module {shadowing[0]} of its own"
    if os.path.realpath(command["cwd"]) == os.path.realpath(template.cwd):
        return None
    return reason_of_directory(command, template)


def reason_of_directory(command: KernelCommand, template: TemplateState) -> str | None:
    """What is found in the kernel's directory and not in the template's, or the other way round."""
    if has_relative_entry(command["env"].get("PYTHONPATH")):
        return "PYTHONPATH has a relative entry, and means another directory for it"
    for module, name in READ_FROM_DIRECTORY.items():
        places = (command["cwd"], template.cwd)
        if module in template.modules and any(os.path.exists(os.path.join(place, name)) for place in places):
            return f"{module} reads {name} from the directory in which it is imported"
    return None


def has_relative_entry(search_path: str | None) -> bool:
    """An empty entry is the working directory; an empty variable is none."""
    return bool(search_path) and not all(map(os.path.isabs, str(search_path).split(os.pathsep)))


def shadowed_modules(directory: str, modules: frozenset[str]) -> list[str]:
    """Modules that Python would import from the directory, which comes first in a kernel's sys.path."""
    suffixes = tuple(importlib.machinery.all_suffixes())
    with os.scandir(directory) as entries:
        return sorted(
            entry.name
            for entry in entries
            if entry.name.partition(".")[0] in modules
            and (entry.name.endswith(suffixes) or has_initialiser(entry.path, suffixes))
        )


def has_initialiser(directory: str, suffixes: tuple[str, ...]) -> bool:
    """A directory without __init__ shadows nothing: it is looked at last."""
    return any(os.path.exists(os.path.join(directory, f"__init__{suffix}")) for suffix in suffixes)
