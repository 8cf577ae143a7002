import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem, type as systemName } from 'node:os';

/** What a reader needs to judge the numbers. */
export interface Machine {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** Name → version. */
  readonly versions: Readonly<Record<string, string>>;
}

const PACKAGES = [
  ...['jupyter_server', 'ipykernel', 'papermill', 'nbclient', 'nbmake', 'pytest-xdist'],
  ...['numpy', 'pandas', 'matplotlib'],
];
const VERSIONS = `import importlib.metadata as m, json, platform, sys
print(json.dumps({"Python": platform.python_version(), **{name: m.version(name) for name in sys.argv[1:]}}))`;

export function describeMachine(python: string): Machine {
  const { stdout } = spawnSync(python, ['-c', VERSIONS, ...PACKAGES], { encoding: 'utf8' });
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()} ${release()}`,
    versions: { Node: process.versions.node, ...(JSON.parse(stdout) as Record<string, string>) },
  };
}
