/** Names the failed tests of vitest's JSON reports, with the first lines of why: failed-tests.ts REPORT… */
import { failureText, testsIn } from './test-report.ts';

for (const report of process.argv.slice(2))
  for (const test of testsIn(report)) if (test.status === 'failed') console.log(`\n${failureText(test)}`);
