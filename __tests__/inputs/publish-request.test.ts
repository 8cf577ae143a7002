import { expect, test } from 'vitest';
import type { Problem } from '../../src/errors.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { readPublishRequest } from '../../src/inputs/publish-request.ts';
import { aPublishRequest } from '../fakes/publish-requests.ts';

test('has the defaults of the table', () => {
  expect(readPublishRequest({})).toEqual(aPublishRequest());
});

test('has what was asked for', () => {
  const env = {
    'INPUT_ARTIFACT-NAME': 'results of 3.12',
    'INPUT_RETENTION-DAYS': '5',
    'INPUT_COMPRESSION-LEVEL': '0',
    INPUT_UPLOAD: 'on-failure',
    INPUT_REPORT: 'false',
    INPUT_COMMENT: 'always',
    'INPUT_COMMENT-KEY': 'nightly',
    'INPUT_COMMENT-LIVE': 'true',
    INPUT_SUMMARY: 'false',
    INPUT_ANNOTATIONS: 'False',
    'INPUT_PUBLISH-ERRORS': 'fail',
    'INPUT_REDACT-ENV': 'PIN, DOOR',
    'INPUT_GITHUB-TOKEN': 'ghs_1',
  };
  expect(readPublishRequest(env)).toEqual({
    artifactName: 'results of 3.12',
    retentionDays: 5,
    compressionLevel: 0,
    upload: 'on-failure',
    report: false,
    comment: 'always',
    commentKey: 'nightly',
    commentLive: true,
    summary: false,
    annotations: false,
    errors: 'fail',
    redactEnv: ['PIN', 'DOOR'],
    githubToken: 'ghs_1',
  });
});

test('is refused on the command line, where it would have no effect', () => {
  const problems: Problem[] = [];
  const values = new Map([
    ['comment', 'always'],
    ['redact-env', 'PIN'],
  ] as const);
  parseInputs({ face: 'command-line', values, parameters: new Map() }, (problem) => problems.push(problem));
  expect(problems).toEqual([
    {
      file: 'option --comment',
      message: 'is about publishing in a workflow, and has no effect here. Remove it.',
    },
  ]);
});

test.each(['a/b', 'a:b', 'a\nb', 'what?', 'report.html', 'data.JSON', 'x'.repeat(201)])(
  'an artifact cannot be called %j',
  (name) => {
    const problems: Problem[] = [];
    const values = new Map([['artifact-name', name]] as const);
    parseInputs({ face: 'action', values, parameters: new Map() }, (problem) => problems.push(problem));
    expect(problems).toHaveLength(1);
  },
);
