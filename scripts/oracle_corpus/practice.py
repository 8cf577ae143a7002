"""What notebooks of real projects do: progress bars, processes, files beside them, odd names and odd files."""

from .cells import KERNELSPEC, code, markdown, notebook

R = {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}

PRACTICE = {
    "progress-bars": notebook(
        "from tqdm import tqdm\nshape = dict(bar_format='{desc}: {n_fmt}/{total_fmt}', mininterval=0)",
        "for _ in tqdm(range(5), desc='plain', **shape):\n    pass",
        """
        with tqdm(total=3, desc='outer', **shape) as outer:
            for _ in range(3):
                outer.write('a line above the bar')
                outer.update()
        """,
        """
        from tqdm.notebook import tqdm as widget_bar
        for _ in widget_bar(range(3), desc='widget', **shape):
            pass
        """,
        "from tqdm.auto import trange\nfor _ in trange(2, desc='auto', **shape):\n    pass",
        """
        import sys
        for part in range(0, 101, 50):
            sys.stdout.write(f'\\r{part:3d} %')
            sys.stdout.flush()
        print()
        """,
    ),
    "processes-python": notebook(
        "import multiprocessing as mp\nfrom concurrent.futures import ProcessPoolExecutor\n\ndef square(n):\n    return n * n",
        "with mp.get_context('fork').Pool(2) as pool:\n    print(pool.map(square, range(5)))",
        "with ProcessPoolExecutor(2, mp_context=mp.get_context('fork')) as pool:\n    list(pool.map(square, [6, 7]))",
        """
        def speak(queue):
            queue.put(('from a child', mp.current_process().name.split('-')[0]))

        queue = mp.get_context('fork').Queue()
        child = mp.get_context('fork').Process(target=speak, args=(queue,))
        child.start()
        print(queue.get(timeout=30))
        child.join()
        child.exitcode
        """,
        """
        import os
        child = os.fork()
        if child == 0:
            os._exit(7)
        os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        """,
        "mp.current_process().name, mp.parent_process(), mp.active_children()",
    ),
    "processes-async": notebook(
        "import asyncio, sys",
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, '-c', 'print(input()[::-1])', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate(b'olleh')
        out, process.returncode
        """,
        "process = await asyncio.create_subprocess_shell('exit 5')\nawait process.wait()",
        "await asyncio.to_thread(lambda: 'from a thread')",
        "await asyncio.wait_for(asyncio.sleep(30), 0.05)",
    ),
    "interpreter": notebook(
        "import gc, locale, logging, signal, sys, threading, warnings",
        "sys.argv[0].endswith('ipykernel_launcher.py'), sys.argv[1]",
        "threading.current_thread() is threading.main_thread(), threading.current_thread().name",
        "signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGCHLD)",
        "gc.isenabled(), gc.get_threshold()",
        "sys.stdout.encoding, sys.getrecursionlimit(), sys.flags, locale.getlocale()",
        "logging.root.handlers, logging.root.level",
        "[filter[:3] for filter in warnings.filters][:3]",
        "__name__, __builtins__, sorted(name for name in globals() if name.startswith('__'))",
        "sys.modules['__main__'].__dict__ is globals()",
        "import inspect\n\ndef shown():\n    return 1\n\nprint(inspect.getsource(shown))",
        "class Own:\n    pass\n\nimport pickle\ntype(pickle.loads(pickle.dumps(Own()))).__module__",
        "breakpoint",
        "import getpass\ngetpass.getpass('Password: ')",
    ),
    "debugger": notebook("x = 1", "import pdb\npdb.set_trace()", "x"),
    "image-from-a-file": notebook(
        "from IPython.display import Image, display\nfrom base64 import b64decode",
        "open('pixel-of-the-notebook.png', 'wb').write(b64decode('iVBORw0KGgo='))",
        "Image('pixel-of-the-notebook.png')",
        "Image(filename='no-such-picture.png')",
    ),
    "display-not-json": notebook(
        "from IPython.display import display",
        "display({'application/json': {'nan': float('nan'), 'inf': [float('inf')]}}, raw=True)",
        "display({'application/json': None, 'text/plain': 'x'}, raw=True)",
        "display({'text/plain': 'x', 'application/json': {'deep': [[[[[[]]]]]]}}, raw=True)",
        "print('the next cell is executed')",
    ),
    "error-unicode": notebook(
        "raise Exception('日本語 é 😀 \\u2028 <b>&amp;</b>')  # é",
    ),
    "error-in-group": notebook(
        "raise ExceptionGroup('several', [ValueError('one'), TypeError('two')])",
    ),
    "error-assertion": notebook(
        "from IPython.display import display\ndisplay('before the error')\nassert 1 == 2, 'they differ'",
        "print('never')",
    ),
    "error-keyboard-interrupt": notebook("print('before')\nraise KeyboardInterrupt('by hand')", "'never'"),
    "error-noted": notebook(
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    error.add_note('a note') if hasattr(error, 'add_note') else None\n    raise",
    ),
    "death-terminated": notebook(
        "import os, signal, time\nprint('before', flush=True)",
        "time.sleep(1)\nos.kill(os.getpid(), signal.SIGTERM)\ntime.sleep(30)",
        "'never'",
    ),
    "kernel-python": notebook(
        "'python is whichever Python there is'",
        metadata={"kernelspec": {"display_name": "Python", "language": "python", "name": "python"}},
    ),
    "kernel-upper-case": notebook(
        "'names of kernels are compared in lower case'",
        metadata={"kernelspec": {"display_name": "Python", "language": "python", "name": "Python3"}},
    ),
    "kernel-without-a-name": notebook(
        "'a kernelspec that names nothing'",
        metadata={"kernelspec": {"display_name": "Python", "language": "python"}},
        minor=4,
    ),
    "ünïcode näme": notebook(code("größe = 1", "parameters"), "größe"),
    "executed-by-old-papermill": notebook(
        markdown("# Title"),
        code("print('again')", papermill={"status": "completed", "own": 1}),
        metadata=KERNELSPEC
        | {"papermill": {"version": "0.12.1", "parameters": {"a": 1}, "environment_variables": {}}},
        minor=2,
    ),
    "executed-half": notebook(
        code("alpha = 1", "parameters"),
        code("alpha = 5", "injected-parameters"),
        code("print(alpha)", papermill={"status": "running", "exception": False}),
    ),
    "minor-1": notebook("print('4.1')", code("1", "t", outputs=[]), minor=1),
    "minor-3": notebook("print('4.3')", markdown("a\n\nb"), minor=3),
    "text-in-lines": notebook(
        code("print('\\n'.join(['a', 'b']))\n\n# a comment\n'c'"),
        markdown("# Title\n\n\n- item\n- item"),
    ),
    "window-lines": notebook(code("print('a')\r\nprint('b')\r\n'c'")),
    "many-cells": notebook(*[f"print({index})" if index % 3 else f"{index}" for index in range(60)]),
    "r": notebook(
        'cat("out\\n")',
        'message("err")',
        "1 + 1",
        "x <- c(a = 1, b = 2)\nx",
        "data.frame(n = 1:2, s = c('x', 'é'))",
        "invisible(3)",
        "for (i in 1:3) print(i)",
        "list(1, 'two', NULL)",
        "summary(c(1, 2, 3))",
        "f <- function() stop('deep')",
        code("f()", "raises-exception"),
        "print('after')",
        metadata=R,
    ),
    "r-failing": notebook("x <- 1", "cat('before\\n')\nstop('broken: é')", "x", metadata=R),
    "r-parameters": notebook(
        code("n <- 1\ntext <- 'x'", "parameters"), "cat(n, text, on, '\\n')", metadata=R
    ),
}
