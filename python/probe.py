"""Prints, as one line of JSON, what Parallel Notebooks must know about the interpreter that runs it.

It has no functions and no f-strings on purpose: also Python 2.7 must get as far as telling its version.
Nothing is imported that is only looked for: importing jupyter_server takes half a second.
"""

# ruff: noqa: UP031, UP036

import json
import os
import sys

# The folder of this file is no place to find packages in. `-I` would hide it too, but with it the user's own
# site-packages and PYTHONPATH, which the notebooks are to see.
if sys.path and os.path.realpath(sys.path[0]) == os.path.dirname(os.path.realpath(__file__)):
    del sys.path[0]

answer = {
    "executable": sys.executable,
    "version": "%d.%d.%d" % tuple(sys.version_info[:3]),
}  # type: dict[str, object]

if sys.version_info >= (3, 10):
    import hashlib
    import importlib.metadata
    import importlib.util
    import sysconfig

    # Debian adds dist-packages; virtual environments, conda and Nix all end in site-packages.
    site_directories = [
        path
        for path in sys.path
        if os.path.basename(path) in ("site-packages", "dist-packages") and os.path.isdir(path)
    ]

    # Changes whenever a package comes, goes or gets another version.
    distributions = sorted(
        path + "/" + entry
        for path in site_directories
        for entry in os.listdir(path)
        if entry.endswith((".dist-info", ".egg-info", ".egg-link"))
    )

    versions = {}
    for name in ("jupyter_server", "ipykernel"):
        # Both: an uninstalled package can leave its metadata behind, and a stray folder has none.
        try:
            found = importlib.util.find_spec(name) is not None
            versions[name] = importlib.metadata.version(name) if found else None
        except (importlib.metadata.PackageNotFoundError, ImportError, ValueError):
            versions[name] = None

    managed = os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")
    in_environment = sys.prefix != sys.base_prefix
    answer.update(
        {
            "prefix": sys.prefix,
            "basePrefix": sys.base_prefix,
            "installsInto": sysconfig.get_path("purelib"),
            "siteDirectories": site_directories,
            "distributions": hashlib.sha256("\n".join(distributions).encode("utf-8", "replace")).hexdigest(),
            "jupyterServer": versions["jupyter_server"],
            "ipykernel": versions["ipykernel"],
            # PEP 668: pip refuses to install into such a Python, but not into environments made from it.
            "externallyManaged": not in_environment and os.path.exists(managed),
            "hasVenv": importlib.util.find_spec("venv") is not None,
            # Debian takes ensurepip out of Python and puts it in the package python3-venv.
            "hasEnsurepip": importlib.util.find_spec("ensurepip") is not None,
            "hasPip": importlib.util.find_spec("pip") is not None,
            "hasVirtualenv": importlib.util.find_spec("virtualenv") is not None,
        }
    )

# Escaped to ASCII, so that no locale can spoil a path. The mark tells the line from what start-up files
# print.
print("parallel-notebooks-probe " + json.dumps(answer))
