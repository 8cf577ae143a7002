"""Notebooks as files: versions, tags, metadata, what an earlier execution left behind."""

from .cells import KERNELSPEC, code, markdown, notebook, raw, stream
from .displays import PNG

MARKER = "papermill-error-cell-tag"
OLD_HEADING = "<span>An Exception was encountered at 'In [7]'.</span>"

STRUCTURE = {
    "empty": notebook(),
    "no-code": notebook(markdown("# Only text"), raw("raw text", format="text/html"), markdown("")),
    "blank-code": notebook("", "  \n", markdown("text")),
    "kinds-of-cells": notebook(
        markdown("# Heading\n\nwith *text* and $x^2$"),
        "print('code')",
        raw("\\LaTeX", format="text/latex", raw_mimetype="text/latex"),
        markdown("![pixel](attachment:pixel.png)", attachments={"pixel.png": {"image/png": PNG}}),
        code("'the end'", collapsed=False, scrolled=True),
        raw(""),
    ),
    "tag-skip": notebook(
        "print('executed')",
        code("raise ValueError('skipped')", "skip-execution"),
        code("raise ValueError('skipped too')", "other", "skip-execution"),
        code("print('executed: only part of a tag')", "skip-execution-please"),
        "'count'",
    ),
    "minor-0": notebook(
        "print('4.0')", markdown("text"), "1 / 1", minor=0, metadata={"kernelspec": KERNELSPEC["kernelspec"]}
    ),
    "minor-2": notebook("print('4.2')", markdown("text"), code("'tagged'", "a-tag"), minor=2),
    "minor-4-failing": notebook("print('4.4')", "1 / 0", minor=4),
    "no-kernelspec": notebook("print('no kernel is named')", metadata={}),
    "language-info": notebook(
        "print('refreshed')",
        metadata=KERNELSPEC | {"language_info": {"name": "python", "version": "2.7.1", "own": "stale"}},
    ),
    "metadata": notebook(
        code("x = 1", trusted=True, vendor={"z": [], "a": {}, "n": [1.0, 1e16, 2**60, None]}),
        code(
            "x",
            deletable=False,
            editable=False,
            slideshow={"slide_type": "slide"},
            jupyter={"source_hidden": True},
        ),
        code("print(x)", name="named", tags=[]),
        code("x;", nbgrader={"grade": True, "points": 2.0}),
        metadata=KERNELSPEC
        | {
            "title": "Own title",
            "authors": [{"name": "é"}],
            "vendor": {"float": 1.0, "big": 2**70, "deep": [[], {}, [[{"x": "y\nz"}]]]},
            "toc": {"base_numbering": 1},
            "celltoolbar": "Tags",
        },
    ),
    "timing-before": notebook(
        code(
            "print('timed anew')",
            execution={
                "iopub.status.busy": "2020-01-01T00:00:00.000000Z",
                "iopub.execute_input": "2020-01-01T00:00:00.100000Z",
                "iopub.status.idle": "2020-01-01T00:00:01.000000Z",
                "shell.execute_reply": "2020-01-01T00:00:01.000000Z",
            },
        ),
        code("", execution={"iopub.status.busy": "2020-01-01T00:00:00.000000Z"}),
        code("x = 2", "skip-execution", execution={"iopub.status.busy": "2020-01-01T00:00:00.000000Z"}),
    ),
    "timing-own-timeout": notebook(code("print('has time')", execution={"timeout": 60})),
    "executed-before": notebook(
        code("print('new')", outputs=[stream("old\n")]),
        code("", outputs=[stream("of a cell that is empty now\n")]),
        code("print('skipped')", "skip-execution", outputs=[stream("of a skipped cell\n")]),
        markdown("text"),
        code(
            "'new result'",
            outputs=[
                {
                    "output_type": "execute_result",
                    "execution_count": 7,
                    "metadata": {},
                    "data": {"text/plain": "old"},
                }
            ],
        ),
    ),
    "executed-before-failing": notebook(
        code("print('new')", outputs=[stream("old\n")]),
        code("1 / 0", outputs=[stream("old\n")]),
        code("print('never')", outputs=[stream("of an earlier execution\n")]),
    ),
    "executed-by-papermill": notebook(
        markdown(OLD_HEADING, MARKER),
        code("alpha = 1\nbeta = 'default'", "parameters"),
        code("# Parameters\nalpha = 2\n", "injected-parameters", outputs=[stream("")]),
        markdown('<span id="papermill-error-cell">here</span>', MARKER),
        code(
            "print(alpha, beta)",
            papermill={
                "duration": 1.5,
                "end_time": "2020-01-01T00:00:01+00:00",
                "exception": True,
                "start_time": "2020-01-01T00:00:00+00:00",
                "status": "failed",
            },
            outputs=[{"output_type": "error", "ename": "OldError", "evalue": "old", "traceback": ["old"]}],
        ),
        metadata=KERNELSPEC
        | {
            "papermill": {
                "default_parameters": {},
                "duration": 2.5,
                "end_time": "2020-01-01T00:00:02+00:00",
                "environment_variables": {},
                "exception": True,
                "input_path": "old.ipynb",
                "output_path": "old-out.ipynb",
                "parameters": {"alpha": 2},
                "start_time": "2020-01-01T00:00:00+00:00",
                "version": "2.3.4",
                "own": "kept",
            },
            "widgets": {
                "application/vnd.jupyter.widget-state+json": {
                    "state": {},
                    "version_major": 2,
                    "version_minor": 0,
                }
            },
        },
    ),
    "surroundings": notebook(
        "import os, sys\nos.getcwd()",
        "print(open('data/greeting.txt').read())",
        """
        with open('written-by-the-notebook.txt', 'w') as file:
            file.write('x')
        os.path.exists('written-by-the-notebook.txt')
        """,
        "os.environ['ORACLE_GREETING'], os.environ.get('NO_SUCH_VARIABLE')",
        "sys.path[0] in ('', os.getcwd())",
        "sys.stdin.isatty(), sys.stdout.isatty(), sys.flags.interactive",
        "os.environ['MPLBACKEND']",
        "import beside\nbeside.VALUE",
        "type(get_ipython()).__module__",
    ),
    "parameters-top": notebook(code("alpha = 1\nname = 'x'", "parameters"), "print(alpha, name)"),
    "parameters-middle": notebook(
        markdown("# Title"),
        "import math",
        code("alpha = 1", "note", "parameters"),
        markdown("text"),
        "print(alpha)",
    ),
    "parameters-two": notebook(
        code("alpha = 1", "parameters"), "print(alpha)", code("alpha = 3", "parameters"), "print(alpha)"
    ),
    "parameters-none": notebook(markdown("# Title"), "print(alpha)"),
    "parameters-types": notebook(
        code(
            """
            whole = 1  # an integer
            real: float = 1.0
            text = ''
            flag = False
            nothing = None
            numbers = [1]
            table = {}
            """,
            "parameters",
        ),
        "for value in (whole, real, text, flag, nothing, numbers, table):\n    print(repr(value))",
    ),
    "parameters-failing": notebook(
        code("divisor = 1", "parameters"), markdown("divide"), "1 / divisor", "print('never')"
    ),
}
