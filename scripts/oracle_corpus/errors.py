"""Cells that raise, are allowed to, or end the kernel's work on purpose."""

from .cells import code, notebook

ERRORS = {
    "error-plain": notebook("print('before')", "1 / 0", "print('never')"),
    "error-after-output": notebook(
        """
        import sys
        from IPython.display import display
        print('printed', flush=True)
        display('displayed', display_id='shown')
        print('to stderr', file=sys.stderr, flush=True)
        print('half a line', end='')
        raise KeyError('missing')
        """,
    ),
    "error-chained": notebook(
        """
        def read():
            try:
                {}['key']
            except KeyError as error:
                raise ValueError('no value') from error

        def outer():
            try:
                read()
            finally:
                int('x')

        outer()
        """,
    ),
    "error-syntax": notebook("x = 1", "print('not executed')\nfor x in\n    pass", "x"),
    "error-in-function": notebook(
        """
        def outer(n):
            return inner(n) + 1

        def inner(n):
            numbers = [1, 2, 3]
            return numbers[n]
        """,
        "total = outer(1)\ntotal",
        "# a comment\n\ntotal = outer(5)\nprint('never')",
    ),
    "error-own-class": notebook(
        """
        class CorpusError(Exception):
            def __str__(self):
                return 'a text of\\nits own: é 😀'

        raise CorpusError('ignored')
        """,
    ),
    "errors-tagged": notebook(
        *(
            code(source, "raises-exception")
            for source in (
                "if True:\nprint('indentation')",
                "assert 1 == 2",
                """
                class Odd(Exception):
                    def __str__(self):
                        raise RuntimeError('no text')

                raise Odd()
                """,
                "def deeper(n):\n    return deeper(n + 1)\n\ndeeper(0)",
                "# ünïcödé 漢字 😀\nwert = 'größe'\nraise LookupError(f'{wert} fehlt ☃')",
                "raise ValueError('long ' * 5_000)",
                "raise ValueError('\\x1b[31mred\\x1b[0m <b>html</b> & more')",
                """
                import sys
                if sys.version_info < (3, 11):
                    raise ValueError
                raise ExceptionGroup('two', [ValueError(1), TypeError(2)])
                """,
                "print('before')\nraise KeyboardInterrupt",
                "class Shy:\n    def __repr__(self):\n        raise ValueError('no repr')\n\nShy()",
                "display(Shy())",
                "import no_such_module_anywhere",
                "get_ipython().no_such_attribute",
                "%%bash\necho before\nexit 3",
                "%%no_such_magic\nnothing",
                "%run no_such_script.py",
                "print(1, file=open('/no/such/folder'))",
                "eval('1 +')",
                "raise StopIteration",
                "raise BaseException('base')",
            )
        ),
        "'the end'",
    ),
    "error-interrupts-itself": notebook(
        """
        import os, signal, time
        print('before', flush=True)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(30)
        """,
        "print('never')",
    ),
    "error-two-outputs": notebook(
        """
        import sys
        try:
            1 / 0
        except ZeroDivisionError:
            get_ipython().showtraceback()
        print('went on')
        raise ValueError('the second')
        """,
    ),
    "error-shown-only": notebook(
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    get_ipython().showtraceback()\nprint('went on')",
        "print('the next cell')",
    ),
    "tag-raises": notebook(
        code("print('before')\n1 / 0", "raises-exception"),
        "print('goes on')",
        code("print('raises nothing')", "other", "raises-exception"),
        code("%no_such_magic", "raises-exception"),
        "'the end'",
    ),
    "tag-raises-then-fails": notebook(
        code("raise ValueError('wanted')", "raises-exception"),
        "raise TypeError('not wanted')",
        "print('never')",
    ),
    "tag-raises-exit": notebook(code("import sys\nsys.exit(0)", "raises-exception"), "print('after')"),
    "allow-errors": notebook(
        "raise ValueError('first')",
        "print('goes on')",
        "%no_such_magic",
        "raise TypeError('second')",
        "'the end'",
    ),
    "exit-0": notebook("print('before')", "import sys\nprint('now')\nsys.exit(0)", "print('never')"),
    "exit-none": notebook("import sys\nsys.exit()", "print('never')"),
    "exit-explicit-none": notebook("raise SystemExit(None)", "print('never')"),
    "exit-1": notebook("print('before')", "import sys\nsys.exit(1)", "print('never')"),
    "exit-text": notebook("raise SystemExit('a reason in words')", "print('never')"),
    "exit-false": notebook("raise SystemExit(False)", "print('never')"),
    "quit": notebook("print('before')", "quit()\nprint('still in this cell')", "print('after quit')"),
    "exit-keep-kernel": notebook("exit(keep_kernel=True)", "print('after exit')"),
    "stdin-input": notebook("print('asking')", "name = input('your name? ')", "print('never')"),
    "stdin-caught": notebook(
        code("input('never asked')", "raises-exception"),
        """
        try:
            input()
        except EOFError:
            print('end of file')
        except BaseException as error:
            print(type(error).__name__)
        """,
    ),
}
