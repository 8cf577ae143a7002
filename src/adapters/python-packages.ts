import type { ProbedPython } from './python-probe.ts';

/** A package that this program cannot do without. */
interface PackageRule {
  readonly name: 'jupyter_server' | 'ipykernel';
  readonly found: (python: ProbedPython) => string | null;
  /** Older ones count as missing. */
  readonly atLeast: string;
  /** What we install, by the Python it is for. */
  readonly install: (python: ProbedPython) => string;
  /** Versions that work, with a risk worth a warning: from the first up to, not including, the second. */
  readonly doubtful: { readonly from: string; readonly below: string; readonly because: string };
}

export const PACKAGE_RULES: readonly PackageRule[] = [
  {
    name: 'jupyter_server',
    found: (python) => python.jupyterServer,
    // 2.0 brought the identity and kernel APIs of today.
    atLeast: '2.0',
    install: () => 'jupyter_server>=2.20',
    doubtful: {
      from: '2.0',
      below: '2.20',
      because: 'has known security holes (CVE-2026-35397, CVE-2026-40934, CVE-2026-44727)',
    },
  },
  {
    name: 'ipykernel',
    found: (python) => python.ipykernel,
    // 6.0 brought the control channel on a thread of its own: a busy kernel can be interrupted and shut down.
    atLeast: '6.0',
    // 7.4 needs Python 3.11; for 3.10 the last of the sixes, because of the sevens below.
    install: (python) => (isOlder(python.version, '3.11') ? 'ipykernel>=6.30,<7' : 'ipykernel>=7.4'),
    doubtful: {
      from: '7.0',
      below: '7.4',
      // https://github.com/ipython/ipykernel/pull/1529
      because: 'sometimes does not notice the first message of a connection, and a run waits',
    },
  },
];

/** What has to be installed before a batch can run with this Python. */
export function missingPackages(python: ProbedPython): PackageRule[] {
  return PACKAGE_RULES.filter((rule) => {
    const version = rule.found(python);
    return version === null || isOlder(version, rule.atLeast);
  });
}

/** One sentence for each package that works, but not well. */
export function packageWarnings(python: ProbedPython): string[] {
  return PACKAGE_RULES.flatMap((rule) => {
    const version = rule.found(python);
    const { from, below, because } = rule.doubtful;
    if (version === null || isOlder(version, from) || !isOlder(version, below)) return [];
    return [`${rule.name} ${version} ${because}: install "${rule.install(python)}".`];
  });
}

/** Compares the numbers of two versions; `7.4.0rc1` counts as 7.4.0, for what matters was in it. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [releaseOf(version), releaseOf(than)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function releaseOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
