"""Kernels that die, are slow, or speak another language."""

from .cells import code, markdown, notebook

BASH = {"kernelspec": {"display_name": "Bash", "language": "bash", "name": "bash"}}

KERNELS = {
    "death-exit": notebook(
        markdown("# A kernel that ends itself"),
        "print('before')",
        "import os, time\nprint('last words', flush=True)\ntime.sleep(0.5)\nos._exit(3)",
        markdown("never reached"),
        "print('never')",
    ),
    "death-signal": notebook(
        """
        import os, signal, time
        print('last words', flush=True)
        time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        "print('never')",
    ),
    "timeout": notebook(
        "print('quick')",
        "import time\nprint('slow', flush=True)\ntime.sleep(60)",
        markdown("never reached"),
        "print('never')",
    ),
    "timeout-catches-interrupt": notebook(
        """
        import time
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            print('caught the interrupt')
        """,
        "print('never')",
    ),
    "timeout-not-reached": notebook("import time\ntime.sleep(1)\nprint('in time')", "'next'"),
    "bash": notebook(
        "echo hello",
        'name=world; echo "hello $name"; echo problem >&2',
        "printf 'no newline'",
        "false",
        "for n in 1 2 3; do echo $n; done",
        metadata=BASH,
    ),
    "bash-parameters": notebook(
        code("name=default\ncount=1", "parameters"), 'echo "$name $count"', metadata=BASH
    ),
}
