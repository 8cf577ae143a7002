import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What may be bundled: each lets everybody pass it on, with its text. */
const ALLOWED = [
  'MIT',
  'MIT/X11',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  '(MPL-2.0 OR Apache-2.0)',
  '(Apache-2.0 AND BSD-3-Clause)',
];
/** Says nothing in its package, and comes with `@actions/artifact`. `@vercel/ncc` is what holds a bundle together. */
const EXCEPTIONS = ['buffers 0.1.1'];

const dist = new URL('../dist/', import.meta.url);
const files = ['licenses.txt', 'viewer/licenses.txt'];

interface Listed {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

function listedIn(file: string): Listed[] {
  const blocks = read(file).split(/^=== /m).slice(1);
  return blocks.map((block) => {
    const [, name = '', version = '', license = '', text = ''] =
      /^(\S+) (\S+)\n(.*)\n([^]*)$/.exec(block) ?? [];
    return { name, version, license, text: text.trim() };
  });
}

test.each(files)(
  'S12 every package in %s is under a licence that may be bundled, and its words are there',
  (file) => {
    const listed = listedIn(file);
    expect(listed.length).toBeGreaterThan(2);
    const refused = listed.filter(
      ({ name, version, license }) =>
        !ALLOWED.includes(license) && !EXCEPTIONS.includes(`${name} ${version}`),
    );
    expect(refused).toEqual([]);
    expect(listed.filter(({ text }) => text === '')).toEqual([]);
  },
);

test('S12 every package that the bundle names, and every dependency, is in licenses.txt', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const scripts = readdirSync(dist).filter((file) => file.endsWith('.js'));
  const named = scripts.flatMap((file) =>
    [
      ...read(file).matchAll(/\.\/node_modules\/(?:[^\s"'|]*\/node_modules\/)?((?:@[\w.-]+\/)?[\w.-]+)\//g),
    ].map(([, name = '']) => name),
  );
  const listed = new Set(listedIn('licenses.txt').map(({ name }) => name));
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set([...named, ...Object.keys(dependencies)])].filter((name) => !listed.has(name))).toEqual(
    [],
  );
});

test('S12 nothing that is bundled executes a script when it is installed', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Readonly<Record<string, { hasInstallScript?: boolean; dev?: boolean }>>;
  };
  const scripted = Object.entries(packages).filter(([, each]) => each.hasInstallScript && !each.dev);
  expect(scripted.map(([folder]) => folder)).toEqual([]);
});

test('S12 nothing in dist/ says where it was built', () => {
  const root = new URL('../', import.meta.url).pathname;
  const built = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const telling = built.filter((entry) => {
    const text = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8');
    return text.includes(root) || /file:\/\/\/(?:home|root|Users|builds|work)\//.test(text);
  });
  expect(telling.map(({ name }) => name)).toEqual([]);
});

function read(file: string): string {
  return readFileSync(new URL(file, dist), 'utf8');
}
