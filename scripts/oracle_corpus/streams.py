"""What is printed: pieces, order, overwriting, other processes, threads, warnings."""

from .cells import notebook

STREAMS = {
    "streams-plain": notebook(
        "print('one line')\nprint('two', 'words', sep='-')",
        "print('no newline at the end', end='')",
        "for word in 'in five pieces of text'.split():\n    print(word, end=' ', flush=True)",
        "import sys\nsys.stdout.write('')\nprint(end='')",
        "print()\nprint('\\n\\n  indented\\n\\ttabbed\\n')",
        "sys.stdout.write('returns its length, which is shown')",
        "sys.stdout.writelines(['a\\n', 'b\\n'])\nsys.stdout.flush()",
    ),
    "streams-two": notebook(
        """
        import sys

        def say(text, file=sys.stdout):
            print(text, file=file, flush=True)

        say('out 1')
        say('out 2')
        say('err 1', sys.stderr)
        say('out 3')
        say('err 2', sys.stderr)
        say('err 3', sys.stderr)
        """,
        "print('only to stderr', file=sys.stderr)",
        """
        print('a ', end='', flush=True)
        print('b ', end='', file=sys.stderr, flush=True)
        print('c', flush=True)
        """,
        """
        import sys
        for number in range(300):
            stream = sys.stderr if number % 50 == 49 else sys.stdout
            print(number, end='.', file=stream, flush=True)
        """,
    ),
    "streams-between-displays": notebook(
        """
        from IPython.display import display
        print('before')
        display('first')
        print('between', end='')
        display('second')
        print('after')
        'result'
        """,
        "print('half a li', end='')\ndisplay('in the middle')\nprint('ne')",
        "print('progress 10%', end='\\r')\ndisplay('sealed')\nprint('progress 20%')",
    ),
    "streams-progress": notebook(
        """
        import sys
        for percent in range(0, 101, 20):
            bar = '#' * (percent // 10)
            print(f'\\r{percent:3d}% |{bar:<10}|', end='', flush=True)
        print()
        """,
        """
        for step in range(5):
            sys.stderr.write(f'step {step + 1}/5\\r')
            sys.stderr.flush()
        """,
        "print('a long first version\\rshort')",
        "print('windows\\r\\nline ends\\r\\n')",
        "print('first\\r', end='', flush=True)\nprint('second\\r', end='', flush=True)\nprint('third')",
        "print('kept\\nab\\rX\\nc')",
        "print('\\r\\r\\rthrice')\nprint('text\\r\\r\\n')",
        "for n in (3, 2, 1):\n    print(n, end='\\r', flush=True)",
        "print('erased\\r\\x1b[Kclean')\nprint('wiped out\\x1b[2K\\rnew')",
    ),
    "streams-backspaces": notebook(
        "print('abc\\b\\bX')",
        "print('typo\\b\\b\\b\\b    \\b\\b\\b\\bcured')",
        "print('\\b\\bat the start')",
        "print('cut', end='', flush=True)\nprint('\\b\\b', end='', flush=True)\nprint('ar')",
        """
        for mark in '|/-\\\\|/-':
            print(mark, end='\\b', flush=True)
        print('done')
        """,
        "print('line\\n\\bnext')",
        "print('ab\\b')",
        "print('one two\\rONE\\b\\b\\b\\b\\bT\\bt')",
    ),
    "streams-colours": notebook(
        "print('\\x1b[31mred\\x1b[0m plain \\x1b[1;32mbold green\\x1b[m')",
        "print('\\x1b[38;5;208morange\\x1b[39m \\x1b[48;2;1;2;3mtrue colour\\x1b[49m')",
        "import sys\nprint('\\x1b[33mwarning\\x1b[0m: yellow', file=sys.stderr)",
        "print('\\x1b[4munder\\nlined over two lines\\x1b[24m')",
        "print('\\x1b]8;;https://example.org\\x07a link\\x1b]8;;\\x07')",
        "print('cut in \\x1b[3', end='', flush=True)\nprint('1mthe middle\\x1b[0m')",
    ),
    "streams-coloured-progress": notebook(
        """
        for done in range(4):
            line = f'\\r\\x1b[32m{"=" * done}\\x1b[31m{"." * (3 - done)}\\x1b[0m {done}/3'
            print(line, end='', flush=True)
        print(' end')
        """,
        "print('\\x1b[34mblue\\rred\\x1b[0m')",
        "print('plain\\r\\x1b[1mB\\x1b[0m')",
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "compare_colours_as_shown": True,
        },
    ),
    "streams-unicode": notebook(
        "print('é ü ß 漢字 😀 👩‍👩‍👧 e\\u0301 \\u200b| \\ufeff|')",
        "print('separators \\x0b \\x0c \\x1c \\x85 \\u2028 \\u2029 end')",
        "print('control \\x00 \\x01 \\x7f \\x80 end')",
        "for char in '😀é漢':\n    print(char, end='', flush=True)",
        "print('漢字\\rX')\nprint('😀😀\\b!')",
        "import sys\nprint('ünïcödé', file=sys.stderr)",
        "'\\x00 \\u2028 😀'",
    ),
    "streams-long": notebook(
        "print('x' * 300_000)",
        "for number in range(5_000):\n    print('line', number)",
        "print('word ' * 20_000, end='')",
        "for number in range(2_000):\n    print(number, end=' ', flush=True)",
    ),
    "streams-processes": notebook(
        "!echo from the shell",
        "!echo to stderr >&2; printf 'no newline'",
        """
        import subprocess, time
        done = subprocess.run(['sh', '-c', 'echo captured by nobody'])
        time.sleep(0.5)
        done.returncode
        """,
        "lines = !printf 'one\\\\ntwo\\\\n'\nlines",
        "subprocess.run(['sh', '-c', 'echo caught'], capture_output=True, text=True).stdout",
        """
        import os
        print('python', flush=True)
        os.write(1, b'written to the descriptor\\n')
        time.sleep(0.5)
        """,
        "!exit 3\nprint(_exit_code)",
    ),
    "streams-threads": notebook(
        """
        import threading

        def count(name):
            for number in range(3):
                print(name, number)

        for name in ('first', 'second'):
            thread = threading.Thread(target=count, args=(name,))
            thread.start()
            thread.join()
        print('all joined')
        """,
        """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(1) as pool:
            pool.submit(print, 'from a pool').result()
        """,
        """
        def fail():
            raise ValueError('in a thread')

        thread = threading.Thread(target=fail, name='a-thread')
        previous, threading.excepthook = threading.excepthook, lambda args: print('hook:', args.exc_value)
        thread.start()
        thread.join()
        threading.excepthook = previous
        """,
    ),
    "streams-late-thread": notebook(
        """
        import threading, time
        finished = threading.Event()

        def late():
            time.sleep(1)
            print('from the thread of the first cell', flush=True)
            finished.set()

        threading.Thread(target=late).start()
        print('the first cell is over')
        """,
        """
        print('the second cell begins', flush=True)
        finished.wait(30)
        time.sleep(0.5)
        print('the second cell is over')
        """,
        "print('the third cell')",
    ),
    "streams-warnings": notebook(
        "import warnings\nwarnings.warn('mind the gap')",
        """
        import logging, sys
        logging.basicConfig(stream=sys.stderr, format='%(levelname)s %(name)s %(message)s')
        logging.getLogger('corpus').warning('to stderr')
        logging.getLogger('corpus').info('nowhere')
        """,
        "def old():\n    warnings.warn('old is old', DeprecationWarning, stacklevel=2)\n\nold()",
        "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()",
    ),
}
