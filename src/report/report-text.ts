import type { Detail } from './detail.ts';
import { failureSection } from './failure-section.ts';
import { codeSpan, link, prose } from './inert-markdown.ts';
import { outputsSection } from './outputs-section.ts';
import type { BatchDigest, Links } from './publication.ts';
import { remarksSection } from './remarks-section.ts';
import { runFamilies } from './run-families.ts';
import { familyHeading, familyTable, singlesTable } from './run-tables.ts';
import { slowText } from './slow-text.ts';
import { sweepCharts } from './sweep-chart.ts';
import { counted, verdictSign, verdictText } from './verdict-text.ts';

export interface ReportTextOptions {
  readonly digest: BatchDigest;
  readonly links: Links;
  readonly title?: string | undefined;
  /** Secrets hidden in what was published. */
  readonly hidden?: number | undefined;
}

/** The report on a batch as Markdown with so much detail: verdict, links, failures, runs, outputs. */
export function reportText(options: ReportTextOptions, detail: Detail): string {
  const { digest, links } = options;
  const context = { links, detail, repository: digest.repository };
  const blocks = [
    headline(options),
    linkLine(options),
    ...failureSection(digest.runs, context),
    ...runSection(digest, context),
    ...(detail.tables > 0 ? slowText(digest.runs) : []),
    ...outputsSection(digest.runs, context),
    ...remarksSection(digest.runs, detail),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headline({ digest, title }: ReportTextOptions): string {
  const named = title === undefined ? '' : `${prose(title, 100)} · `;
  return `### ${verdictSign(digest.batch)} ${named}${verdictText(digest.batch)}`;
}

function linkLine({ digest, links, hidden = 0 }: ReportTextOptions): string {
  const commit = digest.commit === undefined ? undefined : codeSpan(digest.commit.slice(0, 7));
  return [
    ...(links.reportUrl === undefined ? [] : [link('**Report**', links.reportUrl)]),
    ...(links.artifactUrl === undefined ? [] : [link('Executed notebooks', links.artifactUrl)]),
    ...(links.runUrl === undefined ? [] : [link('Workflow run', links.runUrl)]),
    ...(commit === undefined ? [] : [`Commit ${link(commit, links.commitUrl)}`]),
    ...(hidden > 0 ? [`🔒 ${counted(hidden, 'secret value')} hidden`] : []),
  ].join(' · ');
}

function runSection(
  { runs }: BatchDigest,
  context: { readonly links: Links; readonly detail: Detail },
): string[] {
  const { detail } = context;
  const families = runFamilies(runs);
  const several = families.filter((family) => family.runs.length > 1).slice(0, detail.tables);
  const singles = families.filter((family) => family.runs.length === 1).flatMap((family) => family.runs);
  let charts = detail.charts;
  return [
    ...several.flatMap((family) => {
      const drawn = sweepCharts(family).slice(0, charts);
      charts -= drawn.length;
      return [
        ...(families.length > 1 ? [familyHeading(family)] : []),
        familyTable(family, context),
        ...drawn,
      ];
    }),
    ...(singles.length > 0 && detail.tables > 0 ? [singlesTable(singles, context)] : []),
  ];
}
