"""The notebooks that nbclient, papermill and this program all execute, by name."""

from typing import Any

from .counts import COUNTS
from .displays import DISPLAYS
from .errors import ERRORS
from .kernels import KERNELS
from .practice import PRACTICE
from .streams import STREAMS
from .structure import STRUCTURE
from .widgets import WIDGETS

CORPUS: dict[str, dict[str, Any]] = (
    STREAMS | DISPLAYS | COUNTS | ERRORS | STRUCTURE | WIDGETS | KERNELS | PRACTICE
)
