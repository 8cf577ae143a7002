import type { ReportData, ReportRun } from '../report/html-data.ts';
import { element } from './element.ts';
import { runAddress } from './route.ts';
import { partAddress } from './run-link.ts';

/** Stands in place of a notebook that another part of a split report holds: which file it is, and where that is found. */
export function otherPart(data: ReportData, run: ReportRun): HTMLElement {
  const file = element('strong', {}, data.pages[run.page]);
  const address = partAddress(data, run.page, location);
  return element(
    'p',
    { class: 'blank' },
    'This report is in several files. The notebook of this run is in ',
    address === undefined ? file : element('a', { href: address + runAddress(run.name) }, file),
    address === undefined
      ? [
          ', which is no neighbour of this address. On GitHub it is an artifact of its own, ',
          workflowRun(data),
        ]
      : '. The link works where the files are in one folder.',
  );
}

function workflowRun({ links }: ReportData): (string | HTMLElement)[] {
  const link = links.find(({ label }) => label === 'Workflow run');
  return [
    'on the page of ',
    link === undefined
      ? 'the workflow run'
      : element('a', { href: link.url, rel: 'noopener' }, 'the workflow run'),
    ', under a name that ends like this one.',
  ];
}
