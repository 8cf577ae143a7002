import { resultsJson } from '../../src/report/results-json.ts';

/** results.json as a whole. */
export function resultsText(...batch: Parameters<typeof resultsJson>): string {
  return [...resultsJson(...batch)].join('');
}
