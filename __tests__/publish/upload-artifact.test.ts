import { expect, test } from 'vitest';
import type { ArtifactUpload, UploadOutcome } from '../../src/publish/ports.ts';
import { uploadArtifact } from '../../src/publish/upload-artifact.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { untilSettled } from './until-settled.ts';

const ARTIFACT: ArtifactUpload = {
  name: 'notebooks',
  files: ['/out/a.ipynb'],
  rootDirectory: '/out',
  retentionDays: undefined,
  compressionLevel: 6,
  zipped: true,
};
const LOST: UploadOutcome = { kind: 'failed', detail: 'Unable to make request: ECONNRESET' };
const TAKEN: UploadOutcome = { kind: 'name-taken' };
const STORED: UploadOutcome = { kind: 'stored', id: 7 };

async function upload(
  outcomes: readonly (UploadOutcome | 'never')[],
  artifact = ARTIFACT,
  gone: readonly string[] = [],
) {
  const clock = new FakeClock();
  const names: string[] = [];
  const notices: string[] = [];
  const warnings: string[] = [];
  let uploaded: readonly string[] = [];
  const store = {
    upload: async ({ name, files }: ArtifactUpload): Promise<UploadOutcome> => {
      uploaded = files;
      const outcome = outcomes[Math.min(names.length, outcomes.length - 1)];
      names.push(name);
      return outcome === undefined || outcome === 'never'
        ? await new Promise<never>(() => undefined)
        : outcome;
    },
  };
  const { signal } = new AbortController();
  const notice = (text: string): unknown => notices.push(text);
  const warn = (text: string): unknown => warnings.push(text);
  const isPlainFile = (path: string): Promise<boolean> => Promise.resolve(!gone.includes(path));
  const work = uploadArtifact(artifact, { store, clock, signal, notice, warn, isPlainFile });
  const { value, seconds } = await untilSettled(clock, work);
  expect(clock.pending).toBe(0);
  return { uploaded: value, seconds, names, notices, warnings, files: uploaded };
}

test('tries again when the network fails, later each time', async () => {
  expect(await upload([LOST, LOST, STORED])).toEqual({
    uploaded: { kind: 'stored', id: 7, name: 'notebooks' },
    seconds: 20,
    names: ['notebooks', 'notebooks', 'notebooks'],
    notices: [
      'Artifact "notebooks": Unable to make request: ECONNRESET. Trying again in 5 s.',
      'Artifact "notebooks": Unable to make request: ECONNRESET. Trying again in 15 s.',
    ],
    warnings: [],
    files: ['/out/a.ipynb'],
  });
});

test('leaves out what has vanished between two attempts, and uploads the others', async () => {
  const files = ['/out/a.ipynb', '/out/b.ipynb'];
  expect(await upload([LOST, STORED], { ...ARTIFACT, files }, ['/out/a.ipynb'])).toMatchObject({
    uploaded: { kind: 'stored' },
    warnings: ['/out/a.ipynb is gone, and is not uploaded.'],
    files: ['/out/b.ipynb'],
  });
  expect(await upload([LOST, STORED], { ...ARTIFACT, files }, files)).toMatchObject({
    uploaded: { kind: 'failed', reason: 'none of its files is there any more' },
  });
});

test('gives up after four attempts', async () => {
  expect(await upload([LOST])).toMatchObject({
    uploaded: { kind: 'failed', reason: 'Unable to make request: ECONNRESET (4 attempts)' },
    seconds: 65,
  });
});

test('takes the next free name, also when an attempt of its own has taken the first', async () => {
  expect(await upload([LOST, TAKEN, TAKEN, STORED])).toMatchObject({
    uploaded: { kind: 'stored', id: 7, name: 'notebooks-3' },
    names: ['notebooks', 'notebooks', 'notebooks-2', 'notebooks-3'],
  });
});

test('keeps the extension of a file that goes up as it is, by which a browser shows it', async () => {
  const report = { ...ARTIFACT, name: 'notebooks-report.html', zipped: false };
  expect(await upload([TAKEN, TAKEN, STORED], report)).toMatchObject({
    uploaded: { kind: 'stored', name: 'notebooks-report-3.html' },
    names: ['notebooks-report.html', 'notebooks-report-2.html', 'notebooks-report-3.html'],
  });
});

test('asks a service that refuses only once, and hands its cure on', async () => {
  expect(await upload([{ kind: 'refused', detail: 'it is full', cure: 'Empty it' }])).toMatchObject({
    uploaded: { kind: 'failed', reason: 'it is full. Empty it' },
    seconds: 0,
  });
});

test('ends after ten minutes, whatever the service does', async () => {
  expect(await upload(['never'])).toMatchObject({
    uploaded: { kind: 'failed', reason: 'it took longer than 10 min' },
    seconds: 600,
  });
});

test('ends at once when it is interrupted', async () => {
  const controller = new AbortController();
  const clock = new FakeClock();
  const store = { upload: () => new Promise<never>(() => undefined) };
  const context = {
    store,
    clock,
    signal: controller.signal,
    notice: () => undefined,
    warn: () => undefined,
    isPlainFile: () => Promise.resolve(true),
  };
  const work = uploadArtifact(ARTIFACT, context);
  controller.abort();
  expect(await work).toEqual({ kind: 'failed', reason: 'it was interrupted' });
  expect(clock.pending).toBe(0);
});
