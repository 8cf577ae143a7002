"""Prompt numbers, history, magics, and what a cell asks of a front end."""

from .cells import code, notebook

COUNTS = {
    "counts": notebook(
        "1",
        "",
        "   \n\n",
        "# only a comment",
        "2",
        "_, __, _1",
        "In[1], In[-2], len(In)",
        "Out[1], sorted(Out)",
        "get_ipython().execution_count",
        code("_1 + _5", collapsed=True),
        "_i, _i1",
        "pass",
        "_",
        "get_ipython().history_manager.hist_file",
        "%history -n 1-2",
        "sorted(name for name in ('exit', 'quit', 'display', 'get_ipython') if name in dir(__builtins__))",
        "__name__, __doc__",
    ),
    "magics": notebook(
        "%%bash\necho from bash\necho to stderr >&2",
        "%%capture caught\nprint('hidden')\n'also hidden'",
        "caught.stdout, len(caught.outputs)",
        "caught.show()",
        "%%writefile written.txt\nfirst line\nsecond line",
        "%cat written.txt",
        "%%html\n<b>html</b>",
        "%%javascript\nconsole.log('js')",
        "%%latex\n$x$",
        "%%markdown\n# heading",
        "%%svg\n<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        "%env CORPUS_VARIABLE=set by a magic",
        "!echo $CORPUS_VARIABLE",
        "%precision 3\n3.14159265",
        "%%script python3 -c 'import sys; print(sys.stdin.read().upper())'\nfrom a script",
        "%config InlineBackend.rc\n%alias say echo said\nsay aliased",
        "%rm written.txt",
        "%%timeit -n1 -r1 -q -o\npass",
        "%time 6 * 7",
        "%%time\nprint('timed')",
        "%%bash --no-raise-error\necho before\nexit 3",
        "%%bash --err problem\necho kept >&2",
        "problem",
    ),
    "magic-unknown": notebook("print('before')", "%no_such_magic at all", "print('after')"),
    "payloads": notebook(
        "len?",
        "%load_ext IPython.extensions.storemagic",
        "get_ipython().set_next_input('print(1)')",
        "%%file made.py\nvalue = 42",
        "%run made.py",
        "value",
        "%load made.py",
        "get_ipython().payload_manager.write_payload({'source': 'unheard-of', 'x': 1})\n'shown'",
    ),
    "async": notebook(
        "import asyncio",
        "await asyncio.sleep(0.01)\n'after waiting'",
        """
        async def numbers():
            for n in range(3):
                yield n
                await asyncio.sleep(0)

        [n async for n in numbers()]
        """,
        "await asyncio.gather(asyncio.sleep(0, 'a'), asyncio.sleep(0, 'b'))",
        "async with asyncio.Lock():\n    print('locked')",
        "task = asyncio.create_task(asyncio.sleep(0.01, 'from a task'))\nawait task",
        "%autoawait",
        "async def fail():\n    raise RuntimeError('in a coroutine')\n\nawait fail()",
    ),
    "async-late": notebook(
        """
        import asyncio

        async def late():
            await asyncio.sleep(0.5)
            print('from the task of the first cell', flush=True)

        task = asyncio.create_task(late())
        print('the first cell is over')
        """,
        "print('waiting', flush=True)\nawait task\nprint('the second cell is over')",
    ),
}
