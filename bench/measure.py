"""Runs a command and measures its whole process tree; writes one object of JSON to a file.

    python measure.py RESULT.json COMMAND ARGUMENT…

Wall time is that of the command. CPU time is that of every process it leaves to be waited for: orphans come to this
process, which adopts them. Memory is the largest sum of proportional set sizes that was seen in samples.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
SAMPLE_SECONDS = 0.2
# Reading the page tables of a large tree takes time from the two cores that are measured: at most this part of one.
SHARE_OF_TIME = 0.05
ORPHANS_END_SECONDS = 10.0


def descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                stat = Path("/proc", entry, "stat").read_text()
                children[int(stat[stat.rindex(")") + 2 :].split()[1])].append(int(entry))
    found = []
    waiting = list(children[root])
    while waiting:
        found.append(waiting.pop())
        waiting += children[found[-1]]
    return found


def pss_bytes(pid: int) -> int:
    with suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+) kB$", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


def peak_rss_bytes(pid: int) -> int:
    with suppress(OSError):
        found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
        return int(found[1]) * 1024 if found else 0
    return 0


class Sampler(threading.Thread):
    def __init__(self, main: int) -> None:
        super().__init__(daemon=True)
        self.main = main
        self.peak_pss = self.main_peak_rss = self.most_processes = 0
        self.ended = threading.Event()

    def run(self) -> None:
        pause = SAMPLE_SECONDS
        while not self.ended.wait(pause):
            begun = time.thread_time()
            pids = descendants(os.getpid())
            self.most_processes = max(self.most_processes, len(pids))
            self.peak_pss = max(self.peak_pss, sum(map(pss_bytes, pids)))
            self.main_peak_rss = max(self.main_peak_rss, peak_rss_bytes(self.main))
            pause = max(SAMPLE_SECONDS, (time.thread_time() - begun) / SHARE_OF_TIME)


def wait_for_orphans() -> tuple[float, int]:
    """CPU seconds of processes that the command left, and how many had to be killed."""
    cpu, killed = 0.0, 0
    deadline = time.monotonic() + ORPHANS_END_SECONDS
    while True:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return cpu, killed
        if pid > 0:
            cpu += usage.ru_utime + usage.ru_stime
        elif time.monotonic() > deadline:
            for orphan in descendants(os.getpid()):
                killed += 1
                os.kill(orphan, signal.SIGKILL)
        else:
            time.sleep(0.02)


def main() -> None:
    result, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with open(f"{result}.log", "wb") as log:
        started_at, begun = time.time(), time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        sampler = Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
    sampler.ended.set()
    orphans_cpu, killed = wait_for_orphans()
    sampler.join()
    facts = {
        "startedAtMs": started_at * 1000,
        "wallMs": wall * 1000,
        "cpuMs": (usage.ru_utime + usage.ru_stime + orphans_cpu) * 1000,
        "peakPssBytes": sampler.peak_pss,
        "mainPeakRssBytes": sampler.main_peak_rss,
        "mostProcesses": sampler.most_processes,
        "processesLeft": killed,
        "status": os.waitstatus_to_exitcode(status),
    }
    Path(result).write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
