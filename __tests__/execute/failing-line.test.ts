import { expect, it } from 'vitest';
import { failingLine } from '../../src/execute/failing-line.ts';

const cases: [string, string, number][] = [
  [
    'IPython 8 and 9',
    'ZeroDivisionError  Traceback (most recent call last)\nCell In[4], line 3\n      1 a\n----> 3 1/0\n',
    3,
  ],
  [
    'a function of an earlier cell below the failing one',
    'Cell In[4], line 2\n----> 2 f()\nCell In[1], line 7, in f()\n----> 7 1/0\n',
    2,
  ],
  ['a syntax error', '  Cell In[4], line 5\n    x = = 1\n        ^\nSyntaxError: invalid syntax', 5],
  ['IPython 8.0', 'Input In [4], in <cell line: 6>()\n----> 6 1/0', 6],
  ['IPython 7', '<ipython-input-4-9e1622b385b6> in <module>\n----> 1 1/0', 1],
  ['R', 'Error in f(2): boom\nTraceback:\n\n1. f(2)\n2. stop("boom")   # at line 9 of file <text>', 3],
  ['R, where the call is not the only one', 'Error in f(1): boom\nTraceback:\n\n1. f(1)', 1],
  [
    'a mistake in the syntax of R',
    'Error in parse(text = x): <text>:4:3: unexpected symbol\n3: a\n4: b c\n',
    4,
  ],
  ['another language', 'boom at f', 1],
  ['nothing', '', 1],
];

it.each(cases)('finds the line in a traceback of %s', (_, traceback, line) => {
  const source = 'f <- g\nf( 1 )\nx <- f(2)\nf(1)';
  expect(failingLine(traceback, { executionCount: 4, source })).toBe(line);
});
