import fc from 'fast-check';

/** Pieces that mean something to GitHub, to a parser of Markdown or HTML, or to a terminal. */
const PIECES: readonly string[] = [
  '@octocat', '@org/team', '#123', 'GH-1', 'octocat/hello#5', 'GHSA-aaaa-bbbb-cccc', '4f2c9d1e8a7b6c5d', 'deadbeef',
  'https://evil.example/x', 'http://', 'www.evil.example', 'me@evil.example', 'mailto:me@evil.example', 'javascript:alert(1)',
  '![x](https://evil.example/x.png)', '[x](https://evil.example)', '[x]: https://evil.example', '<https://evil.example>', '[^1]', '[^1]: x',
  '<img src=x onerror=alert(1)>', '<a href="https://evil.example">', '<script>', '</script>', '<br>', '<h1>', '<details>',
  '</details>', '</summary>', '</code>', '</table>', '<!--', '-->', '--', '<!-- parallel-notebooks: key -->', '<![CDATA[', ']]>',
  '|', '\\|', '\\\\|', '||', '\\', '`', '``', '```', '````', '```mermaid', '```math', '~~~', '*', '**', '_', '__', '~~', '~~struck~~', '~struck~',
  '> ', '- ', '+ ', '* ', '# ', '#### ', '1. ', '2) ', '---', '===', '| --- |', ':octocat:', ':+1:', ':octocat', '$x$', '$$', '$`x`$', '\\(', '\\[',
  '\\href{https://evil.example}{x}', '\\require{x}', '\\begin{x}', '%%{init: {}}%%', '"', "'", '"]', '&amp;', '&#64;x', '&lt;b&gt;', '&commat;',
  '\n', '\n\n', '\r', '\r\n', '\t', '    ', ' ', '\u2028', '\u2029', '\u0085', '\v', '\u202e', '\u2066', '\u200b', '\u{e0041}',
  '\ud83d', '\ude00', '😀', 'é', '漢字', '\x1b[31m', '\x1b]8;;https://evil.example\x07', '\x00', 'a\u0301\u0301', 'word', '1', '0.5', '',
]; // prettier-ignore

/** Text that tries to be more than text. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
    ),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(''));
