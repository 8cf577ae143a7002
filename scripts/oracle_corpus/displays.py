"""What is shown: results, displays of every kind, display ids, clearing."""

from .cells import notebook

# One red pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"

DISPLAYS = {
    "results": notebook(
        "1 + 1",
        "'a string with \\'quotes\\' and \\n a newline'",
        "None",
        "1;",
        "a = 3\na",
        "[1.0, 1e16, 1e-7, float('nan'), float('inf'), 10**30, True, None]",
        "{'nested': {'b': [1, 2], 'a': (3,)}, 'set': {1}}",
        "list(range(200))",
        "b'bytes', 1j, ..., NotImplemented",
        "class Point:\n    def __repr__(self):\n        return 'Point(\\n  1,\\n  2)'\n\nPoint()",
        "5\n6",
        "if True:\n    7",
    ),
    "display-kinds": notebook(
        "from IPython.display import HTML, JSON, SVG, Code, Javascript, Latex, Markdown, Math, Pretty",
        "HTML('<b>bold</b>\\n<i>two lines</i>')",
        "display(Latex('$x^2$'), Math(r'\\frac{1}{2}'), Markdown('# Heading\\n\\ntext'))",
        'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle r="4"/></svg>\')',
        "Javascript('console.log(1)\\nconsole.log(2)')",
        "JSON({'b': [1, 1.0, 1e16, None], 'a': 'x\\ny'}, expanded=True, root='top')",
        "Pretty('pretty text')",
        "Code('x = 1', language='python')",
        "display('text', 1.5, None, [1, 2])",
        "display()",
        "from IPython.display import IFrame, Image, Audio, YouTubeVideo\nIFrame('about:blank', 100, 50)",
        "print('before')\ndisplay(HTML('<hr>'))\nprint('after')\nHTML('<p>result</p>')",
    ),
    "display-json-numbers": notebook(
        """
        from IPython.display import display
        numbers = {
            'floats': [0.0, -0.0, 1.0, 1e15, 1e16, 1e22, 1e-4, 1e-5, 5e-324, 0.1],
            'integers': [0, -1, 2**53, 2**53 + 1, 2**64, -10**30],
        }
        display({'application/json': numbers}, raw=True)
        """,
        "display({'application/vnd.own+json': 1.0, 'application/json': [1.0]}, raw=True)",
        "display({'text/plain': 'x'}, raw=True, metadata={'application/json': {'width': 2.0, 'big': 2**60}})",
    ),
    "display-mime-bundles": notebook(
        "from IPython.display import display",
        """
        class Bundle:
            def _repr_mimebundle_(self, include=None, exclude=None):
                own = {'z': 1, 'a': 2.0}
                data = {'text/plain': 'plain', 'text/html': '<p>\\nhtml</p>', 'application/vnd.own+json': own}
                return data, {'text/html': {'isolated': True}, 'own': [1, 2]}

        Bundle()
        """,
        """
        class Many:
            def __repr__(self):
                return 'plain'
            def _repr_html_(self):
                return '<b>html</b>'
            def _repr_latex_(self):
                return '$l$', {'note': 'with metadata'}
            def _repr_json_(self):
                return {'json': [1.0]}
            def _repr_svg_(self):
                return None

        display(Many())
        Many()
        """,
        "display(Many(), include=['text/plain', 'text/html'], metadata={'text/html': {'x': 1}})",
        "display({'text/x-own': 'a\\nb\\n', 'image/svg+xml': '<svg>\\n</svg>', 'text/empty': ''}, raw=True)",
        "display({'application/javascript': 'a()\\nb()\\n', 'application/geo+json': ['a\\nb']}, raw=True)",
        """
        class Itself:
            def _ipython_display_(self):
                print('it displays itself')
                display('in its own way')

        Itself()
        """,
        "display(Itself())",
        """
        class Nothing:
            def _repr_mimebundle_(self, include=None, exclude=None):
                return {}

        Nothing()
        """,
        """
        class Broken:
            def _repr_html_(self):
                raise ValueError('no html today')

        Broken()
        """,
    ),
    "display-images": notebook(
        "from IPython.display import Image, display\nfrom base64 import b64decode",
        f"pixel = b64decode('{PNG}')\nImage(pixel)",
        "Image(pixel, width=100, height=50, alt='a red pixel')",
        "display(Image(pixel, format='png', metadata={'own': 1.0}))",
        "Image(url='https://example.org/picture.png')",
        "display({'image/jpeg': 'aGVsbG8=', 'application/pdf': 'JVBERi0=\\n'}, raw=True)",
    ),
    "matplotlib": notebook(
        "%matplotlib inline\nimport matplotlib.pyplot as plt",
        "plt.figure(figsize=(1, 1), dpi=40)\nplt.plot([1, 3, 2]);",
        """
        figure, axes = plt.subplots(figsize=(1, 1), dpi=40)
        axes.bar([1, 2], [3, 4])
        print('text first')
        plt.show()
        print('text after')
        """,
        "figure",
        """
        %config InlineBackend.figure_formats = ['svg']
        plt.rcParams['svg.hashsalt'] = 'corpus'
        plt.figure(figsize=(1, 1))
        plt.close()
        """,
    ),
    "pandas": notebook(
        "import pandas as pd\nframe = pd.DataFrame({'a': [1, 2], 'b': [1.5, None], 'é': ['x', 'y']})\nframe",
        "frame.describe()",
        "display(frame.head(1), frame['a'])\nprint(frame)",
    ),
    "display-ids": notebook(
        "from IPython.display import HTML, display, update_display",
        """
        handle = display('version 1', display_id='first')
        display('version 2', display_id='first', update=True)
        """,
        """
        shown = display('waiting', display_id=True)
        print('text in between')
        shown.update(HTML('<b>done</b>'))
        """,
        "display('again', display_id='first')",
        "handle.update('version 3', metadata={'own': 1})",
        "update_display('nobody has this id', display_id='unknown')",
        "for n in range(3):\n    display(f'same id, shown {n}', display_id='thrice')",
        """
        from IPython.display import publish_display_data
        publish_display_data({'text/plain': 'published'}, transient={'display_id': 'first', 'other': 1})
        publish_display_data({'text/plain': 'no id'}, transient={'display_id': None})
        publish_display_data({'text/plain': 'no transient'})
        """,
        """
        from IPython.display import display
        from IPython import get_ipython
        hook = get_ipython().displayhook
        content = {'data': {'text/plain': 'a result'}, 'metadata': {}, 'execution_count': hook.prompt_count}
        content['transient'] = {'display_id': 'result'}
        about = {'parent': hook.parent_header, 'ident': hook.topic}
        sent = hook.session.send(hook.pub_socket, 'execute_result', content, **about)
        """,
        "display('replaced', display_id='result', update=True)",
    ),
    "display-updates-later": notebook(
        "from IPython.display import clear_output, display",
        """
        early = display('cell 2: first', display_id=True)
        late = display('cell 2: second', display_id=True)
        """,
        "early.update('updated from cell 3')",
        """
        class Row:
            def _repr_html_(self):
                return '<i>row</i>'

        late.update(Row())
        'and a result'
        """,
        """
        print('before the error')
        early.update('updated right before an error')
        raise RuntimeError('stop')
        """,
        "early.update('never executed')",
    ),
    "clear-output": notebook(
        "from IPython.display import HTML, clear_output, display",
        "print('gone')\nclear_output()\nprint('stays')",
        "print('gone')\nclear_output(wait=True)\nprint('stays')",
        "print('stays: nothing came after')\nclear_output(wait=True)",
        "print('gone at once')\nclear_output()",
        "for n in range(5):\n    clear_output(wait=True)\n    print('frame', n, flush=True)",
        "for n in range(3):\n    display(n)\n    clear_output(wait=True)\ndisplay('last')",
        "print('one')\nclear_output(wait=True)\nclear_output()\nprint('two')",
        "print('gone')\nclear_output(wait=True)\n'a result replaces it'",
        "clear_output()\nclear_output(wait=True)",
        """
        import sys
        print('out', flush=True)
        print('err', file=sys.stderr, flush=True)
        clear_output(wait=True)
        print('both gone', flush=True)
        """,
        "print('gone, the error stays')\nclear_output(wait=True)\nraise ValueError('after clearing')",
    ),
    "clear-output-display-ids": notebook(
        "from IPython.display import clear_output, display",
        """
        handle = display('gone', display_id=True)
        clear_output()
        handle.update('nowhere to go')
        print('only this')
        """,
        """
        handle = display('first', display_id=True)
        clear_output(wait=True)
        handle.update('an update clears nothing')
        """,
        """
        handle = display('shown before', display_id='x')
        clear_output(wait=True)
        display('shown after', display_id='x')
        """,
        "display('in cell 5', display_id='x')",
        "clear_output()\nhandle.update('from cell 6, which cleared only itself')\nprint('cell 6')",
        """
        print('a')
        display('b', display_id='y')
        clear_output(wait=True)
        print('c')
        display('d', display_id='y')
        """,
    ),
}
