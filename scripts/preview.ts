/**
 * Writes what people see on GitHub for sample batches as pages of papermill_outputs/preview, and pictures of them into
 * docs/ when there is a Chromium: `npm run preview`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { annotations } from '../src/report/annotations.ts';
import { commentBody } from '../src/report/comment-body.ts';
import { digestBatch } from '../src/report/digest-batch.ts';
import { EMPTY_LIVE_BATCH, foldLiveBatch } from '../src/report/live-batch.ts';
import { liveCommentBody } from '../src/report/live-comment-body.ts';
import type { Links } from '../src/report/publication.ts';
import { redactor } from '../src/report/redact.ts';
import { summaryBody } from '../src/report/summary-body.ts';
import { LIVE_EVENTS, PREVIEWS, PROJECT, type Preview } from './preview-batches.ts';
import { annotationsHtml, commentHtml, page, summaryHtml } from './preview-page.ts';

const PAGES = 'papermill_outputs/preview';
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const COMMIT = '4f2c9d1e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d';
const SITE = 'https://github.com/octocat/notebooks';
const LINKS: Links = {
  runUrl: `${SITE}/actions/runs/1`,
  artifactUrl: `${SITE}/actions/runs/1/artifacts/2`,
  reportUrl: `${SITE}/actions/runs/1/artifacts/3`,
  commitUrl: `${SITE}/commit/${COMMIT}`,
  blobUrl: `${SITE}/blob/${COMMIT}`,
};

mkdirSync(PAGES, { recursive: true });
for (const preview of PREVIEWS) {
  const html = page(preview.name, await body(preview));
  const file = join(PAGES, `${preview.name}.html`);
  writeFileSync(file, html);
  process.stdout.write(`${file}\n`);
  if (CHROMIUM !== undefined) picture(file, `docs/preview-${preview.name}.png`, preview.heightPx);
}

const live = 'live';
const livePage = join(PAGES, `${live}.html`);
writeFileSync(livePage, page(live, commentHtml(liveBody())));
process.stdout.write(`${livePage}\n`);
if (CHROMIUM !== undefined) picture(livePage, `docs/preview-${live}.png`, 420);

/** The comment while a batch runs. */
function liveBody(): string {
  const batch = LIVE_EVENTS.reduce(
    (state, [atMs, event]) => foldLiveBatch(state, event, atMs),
    EMPTY_LIVE_BATCH,
  );
  const links = { runUrl: LINKS.runUrl, commitUrl: LINKS.commitUrl };
  const options = { links, key: 'preview', title: 'notebooks', writer: undefined, commit: COMMIT };
  return liveCommentBody(batch, { ...options, redact: redactor([]), nowMs: LIVE_EVENTS.at(-1)?.[0] ?? 0 });
}

async function body(preview: Preview): Promise<string> {
  const { batch, notebooks } = preview;
  const digest = await digestBatch({
    batch,
    commit: COMMIT,
    repository: PROJECT,
    redact: redactor([]),
    executedNotebook: ({ run }) => Promise.resolve(notebooks.get(run.name)),
  });
  const options = { digest, links: LINKS };
  const faces = {
    comment: () => commentHtml(commentBody({ ...options, key: 'preview' })),
    summary: () => summaryHtml(summaryBody(options)),
    annotations: () => annotationsHtml(annotations(batch, { repository: PROJECT })),
  };
  let fold = -1;
  return preview.faces
    .map((face) => faces[face]())
    .join('\n')
    .replaceAll('<details>', () => (preview.open?.includes((fold += 1)) ? '<details open>' : '<details>'));
}

function picture(file: string, png: string, heightPx: number): void {
  const size = `--window-size=900,${heightPx}`;
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', size];
  execFileSync(CHROMIUM ?? '', [...options, `--screenshot=${resolve(png)}`, `file://${resolve(file)}`], {
    stdio: 'ignore',
  });
  process.stdout.write(`${png}\n`);
}
