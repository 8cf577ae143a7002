"""Runs a module as `python -m` does, but finds none in the current directory.

    python run_module.py pip install …

With -m a pip.py or a random.py of the workspace would be taken for the real one.
"""

import runpy
import sys

if __name__ == "__main__":
    if not getattr(sys.flags, "safe_path", False):
        del sys.path[0]  # the folder of this file
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
