/** Builds dist/viewer/report.html, the page that every report is made of: node scripts/build-viewer.ts */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { licenseTexts, packageFolder } from './license-text.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const viewer = fileURLToPath(new URL('../src/viewer/', import.meta.url));
const target = new URL('../dist/viewer/', import.meta.url);

const SETTINGS: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  target: ['chrome122', 'firefox128', 'safari17.4'],
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'warning',
};

/** Folders of the packages that became part of the viewer. */
const packages = new Set<string>();

const frame = await built(`${viewer}frame-main.ts`, { format: 'iife' });
const script = await built(`${viewer}main.ts`, {
  format: 'iife',
  define: { FRAME_SCRIPT: JSON.stringify(frame) },
});
const style = await built(`${viewer}style.css`, {});
for (const [name, text] of Object.entries({ frame, script, style })) {
  if ((name === 'style' ? /<\/style/i : /<\/script|<!--/i).test(text))
    throw new Error(`The ${name} would end its own element.`);
}

/**
 * What the page may do. `unsafe-eval` is for the sealed frames, which inherit this policy; the page itself evaluates
 * nothing, and where browsers know trusted types (the last two) it could not.
 */
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)} ${hash(frame)} 'unsafe-eval'`,
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "connect-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dompurify inert frame default',
].join('; ');

const template = readFileSync(`${viewer}template.html`, 'utf8');
mkdirSync(target, { recursive: true });
writeFileSync(
  new URL('report.html', target),
  filled(template, {
    '{policy}': policy,
    '<!--style-->': `<style>${style}</style>`,
    '<!--script-->': `<script>${script}</script>`,
  }),
);
writeFileSync(new URL('licenses.txt', target), licenseTexts(packages));

function filled(text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((page, [place, part]) => {
    const [before, after, ...others] = page.split(place);
    if (before === undefined || after === undefined || others.length > 0)
      throw new Error(`Not one ${place} in the template.`);
    return before + part + after;
  }, text);
}

async function built(entry: string, settings: BuildOptions): Promise<string> {
  const { outputFiles = [], metafile } = await build({
    ...SETTINGS,
    ...settings,
    metafile: true,
    entryPoints: [entry],
    absWorkingDir: root,
  });
  for (const input of Object.keys(metafile.inputs)) {
    const folder = packageFolder(input);
    if (folder !== undefined) packages.add(folder);
  }
  // A comment's start would make the rest of a script element mean something else; esbuild sees to `</script>`.
  return (outputFiles[0]?.text ?? '').trim().replaceAll('<!--', '\\x3C!--');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
