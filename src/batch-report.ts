import { join, resolve } from 'node:path';
import { reportFiles } from './adapters/report-files.ts';
import { isPlainFile } from './adapters/written-files.ts';
import { messageOf, UserError } from './errors.ts';
import { resultsPath } from './execute-request.ts';
import { githubAddresses } from './publish/github-addresses.ts';
import type { WorkflowEvent } from './publish/workflow-event.ts';
import type { ReportLink } from './report/html-data.ts';
import { readResults } from './report/html-read-results.ts';
import { writeReport, type WrittenReport } from './report/html-write.ts';

export interface BatchReportOptions {
  /** Absolute; paths in results.json are relative to it. */
  readonly workingDirectory: string;
  /** Absolute; results.json is there, and the report goes there. */
  readonly outputDir: string;
  /** What the report links to; undefined outside a workflow. */
  readonly event?: WorkflowEvent | undefined;
  /** Told why there is no report: it is no part of the verdict. */
  readonly warn: (text: string) => void;
}

/**
 * Writes report.html from the files that a batch has left, whose secrets are hidden already. undefined when it could not,
 * which was told. Never throws.
 */
export async function batchReport(options: BatchReportOptions): Promise<WrittenReport | undefined> {
  const { workingDirectory, outputDir, event, warn } = options;
  const path = resultsPath(options);
  try {
    const text = await reportFiles.read(path);
    if (text === undefined) throw new UserError(`${path} is gone`);
    const results = readResults(text, path);
    const places = results.runs.map(({ attempts, outputPath }) =>
      attempts === 0 ? [] : [resolve(workingDirectory, outputPath)],
    );
    const links = event === undefined ? [] : linksOf(event);
    return await writeReport({ results, places, links }, join(outputDir, 'report.html'), {
      ...reportFiles,
      // A link that a notebook has planted is not followed.
      read: async (file) => ((await isPlainFile(file, outputDir)) ? await reportFiles.read(file) : undefined),
    });
  } catch (error) {
    warn(`The report was not written: ${messageOf(error)}`);
    return undefined;
  }
}

function linksOf(event: WorkflowEvent): readonly ReportLink[] {
  const { runUrl, commitUrl, pullRequestUrl } = githubAddresses(event);
  const links = [
    { label: `Pull request #${event.pullRequest ?? ''}`, url: pullRequestUrl },
    { label: 'Workflow run', url: runUrl },
    { label: 'Commit', url: commitUrl },
  ];
  return links.flatMap(({ label, url }) => (url === undefined ? [] : [{ label, url }]));
}
