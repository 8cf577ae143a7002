/** Large batches for measurements: the runs of a real one, again and again. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

interface Results {
  readonly runs: readonly { readonly name: string; readonly outputPath: string; readonly status: string }[];
}

/**
 * Writes results.json and `out/` into the folder: `count` runs, those of the batch that passed in turn, under other names. No
 * image is a copy to the last byte, so that none is stored only once.
 */
export function writeCopies(source: string, count: number, folder: string): void {
  const results = JSON.parse(readFileSync(source, 'utf8')) as Results;
  const base = resolve(dirname(source), '..');
  const executed = results.runs.filter(({ status }) => status === 'passed');
  mkdirSync(join(folder, 'out'), { recursive: true });
  const runs = Array.from({ length: count }, (_, index) => {
    const run = executed[index % executed.length];
    if (run === undefined) throw new Error(`No run of ${source} has passed.`);
    const outputPath = `out/run-${index}.ipynb`;
    copyFileSync(join(base, run.outputPath), join(folder, outputPath));
    // Bytes behind the end of each image.
    const text = readFileSync(join(folder, outputPath), 'utf8');
    const unlike = text.replaceAll(/(?<="image\/png": ")[A-Za-z0-9+/=]{300,}/g, (base64) =>
      Buffer.concat([Buffer.from(base64, 'base64'), Buffer.from(` ${index}`)]).toString('base64'),
    );
    writeFileSync(join(folder, outputPath), unlike);
    return { ...run, name: `${run.name} ${index}`, outputPath };
  });
  writeFileSync(join(folder, 'results.json'), JSON.stringify({ ...results, runs }));
}
