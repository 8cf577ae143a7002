import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { artifactStore } from '../../src/adapters/artifact-store.ts';
import type { ArtifactUpload, UploadOutcome } from '../../src/publish/ports.ts';
import { aFolder } from '../e2e/bundle.ts';
import { fileIn, namesIn } from '../e2e/github/unzip.ts';
import { FakeArtifacts } from '../fakes/fake-artifacts.ts';

beforeEach(() => {
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.com');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true); // the library tells of every block
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The library reads the variables of the process. */
async function upload(
  env: Readonly<Record<string, string>>,
  overrides: Partial<ArtifactUpload> = {},
): Promise<UploadOutcome> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const rootDirectory = await aFolder({ 'nb/a.ipynb': '{"cells": []}', 'report.html': '<p>' });
  const artifact = {
    name: 'notebooks',
    files: [join(rootDirectory, 'nb/a.ipynb')],
    rootDirectory,
    retentionDays: undefined,
    compressionLevel: 6,
    zipped: true,
    ...overrides,
  };
  const files = overrides.files?.map((file) => join(rootDirectory, file)) ?? artifact.files;
  return await artifactStore(process.env).upload({ ...artifact, files });
}

it('stores files by their place below the root, and says when the name is taken', async () => {
  const service = await FakeArtifacts.start();
  expect(await upload(service.environment)).toEqual({ kind: 'stored', id: 1000 });
  const content = service.stored[0]?.content ?? Buffer.alloc(0);
  expect(namesIn(content)).toEqual(['nb/a.ipynb']);
  expect(await fileIn(content, 'nb/a.ipynb')).toBe('{"cells": []}');
  expect(await upload(service.environment)).toEqual({ kind: 'name-taken' });
});

it('stores a single file as it is, so that one click opens it, under the name that was asked for', async () => {
  const service = await FakeArtifacts.start();
  const outcome = await upload(service.environment, {
    files: ['report.html'],
    name: 'notebooks-report-2.html',
    zipped: false,
  });
  expect(outcome).toEqual({ kind: 'stored', id: 1000 });
  expect(service.stored).toMatchObject([{ name: 'notebooks-report-2.html', mimeType: 'text/html' }]);
  expect(service.stored[0]?.content.toString()).toBe('<p>');
});

it('knows a full storage by its words', async () => {
  const service = await FakeArtifacts.start();
  service.refuse = () => ({ status: 403, msg: 'insufficient usage to create artifact' });
  expect(await upload(service.environment)).toMatchObject({
    kind: 'refused',
    detail: "the account's artifact storage is full",
  });
});

it('says of a service that is not there that another attempt may go better', async () => {
  const service = await FakeArtifacts.start();
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const env = { ...service.environment, ACTIONS_RESULTS_URL: `http://127.0.0.1:${port}/` };
  expect(await upload(env)).toEqual({
    kind: 'failed',
    detail: expect.stringContaining('ECONNREFUSED') as string,
  });
});

it.each([
  ['on GitHub Enterprise Server', { GITHUB_SERVER_URL: 'https://github.example.org' }, /upload-artifact@v3/],
  ['outside a workflow', { ACTIONS_RUNTIME_TOKEN: '' }, /Only the runner/],
])('asks nobody %s', async (_, env, cure) => {
  const service = await FakeArtifacts.start();
  const outcome = await upload({ ...service.environment, ...env });
  expect(outcome).toEqual({
    kind: 'refused',
    detail: expect.any(String) as string,
    cure: expect.stringMatching(cure) as string,
  });
  expect(service.calls).toEqual([]);
});
