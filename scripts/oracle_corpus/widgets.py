"""ipywidgets and other comms."""

from .cells import notebook

WIDGETS = {
    "widgets-slider": notebook(
        "import ipywidgets as widgets\nfrom IPython.display import display",
        "slider = widgets.IntSlider(value=3, description='n')\nslider",
        "slider.value = 5",
        "display(widgets.HBox([slider, widgets.Text('text'), widgets.FloatSlider(value=1.0)]))",
        "print(slider.value)\nslider.layout.width = '50%'",
        "gone = widgets.Button(description='closed')\ndisplay(gone)\ngone.close()",
    ),
    "widgets-buffers": notebook(
        "import ipywidgets as widgets",
        "picture = widgets.Image(value=b'\\x89PNG first', format='png')\npicture",
        "picture.value = b'second \\x00\\xff'",
        "widgets.FileUpload()",
    ),
    "widgets-output": notebook(
        "import sys\nimport ipywidgets as widgets\nfrom IPython.display import HTML, clear_output, display",
        "out = widgets.Output()\nout",
        """
        with out:
            print('inside')
            print('inside again')
            display(HTML('<b>inside</b>'))
            print('to stderr', file=sys.stderr)
        print('outside')
        """,
        "with out:\n    clear_output()\n    print('cleared first')",
        "with out:\n    clear_output(wait=True)\n    print('cleared with the next output')",
        """
        other = widgets.Output()
        with other:
            print('of the other')
            with out:
                print('nested')
            print('of the other again')
        display(other)
        """,
        "with out:\n    1 / 0\nprint('the error stayed inside')",
        "out.outputs",
        "with out:\n    for step in range(3):\n        print(f'\\r{step}/2', end='')",
    ),
    "widgets-output-appended": notebook(
        "import ipywidgets as widgets\nout = widgets.Output()\nout",
        "out.append_stdout('appended\\n')",
        "with out:\n    print('printed')",
        "[output['text'] for output in out.outputs]",
    ),
    "widgets-output-display-ids": notebook(
        "import ipywidgets as widgets\nfrom IPython.display import display",
        """
        out = widgets.Output()
        display(out)
        with out:
            handle = display('inside', display_id=True)
            handle.update('updated inside')
        """,
        "handle.update('updated from outside')",
    ),
    "widgets-interact": notebook(
        """
        from ipywidgets import interact

        @interact(n=(0, 10))
        def show(n=4):
            print('n is', n)
            return n * 2
        """,
    ),
    "widgets-then-failure": notebook(
        "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3)\nslider",
        "raise RuntimeError('after the widget')",
        "slider.value = 9",
    ),
    "comms-unknown": notebook(
        """
        from comm import create_comm
        comm = create_comm(target_name='corpus.unknown', data={'x': 1})
        comm.send({'y': 2})
        print('sent')
        """,
        "comm.send({'state': {'_model_name': 'Pretender'}})\ncomm.close()\nprint('closed')",
    ),
}
