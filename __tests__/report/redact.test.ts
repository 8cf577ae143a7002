import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { knownSecrets, secretParameters } from '../../src/report/known-secrets.ts';
import { redactor } from '../../src/report/redact.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

const SECRET = 'p4ss w"rd&<ü>/+=';

test.each([
  ['itself', SECRET],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['in base64 behind one byte', Buffer.from(`a${SECRET}`).toString('base64')],
  ['in base64 behind two bytes', Buffer.from(`ab${SECRET}`).toString('base64')],
  ['in base64 before other bytes', Buffer.from(`user:${SECRET}:end`).toString('base64')],
  ['in base64 for addresses', Buffer.from(`ab${SECRET}`).toString('base64url')],
  ['in an address', encodeURIComponent(SECRET)],
  ['in a form', encodeURIComponent(SECRET).replaceAll('%20', '+')],
  ['in JSON', JSON.stringify(SECRET)],
  ['in JSON of Python', JSON.stringify(SECRET).replace('ü', '\\u00fc')],
  ['in XML', 'p4ss w&quot;rd&amp;&lt;ü&gt;/+='],
  ['in the text of XML', 'p4ss w"rd&amp;&lt;ü&gt;/+='],
])('a secret is hidden %s', (_, text) => {
  const { text: shown, hits } = redactor([SECRET])(`before ${text} after`);
  // Up to two characters of base64 on each side also hold bits of what stands beside the secret.
  expect(shown).toMatch(/^before ["\w+/=-]{0,8}\*\*\*["\w+/=-]{0,8} after$/);
  expect(hits).toBe(1);
});

test('every secret is hidden, however it stands in bytes of base64', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
      fc.uint8Array({ maxLength: 5 }),
      fc.uint8Array({ maxLength: 5 }),
      (secret, before, after) => {
        const encoded = Buffer.concat([before, Buffer.from(secret), after]).toString('base64');
        expect(redactor([secret])(encoded).hits).toBe(1);
      },
    ),
  );
});

test('every occurrence is hidden, and counted', () => {
  expect(redactor(['abcdefgh'])('abcdefgh, abcdefgh')).toEqual({ text: '***, ***', hits: 2 });
});

test('secrets that overlap are hidden whole', () => {
  expect(redactor(['abcdefgh', 'efghijkl'])('x abcdefghijkl y')).toEqual({ text: 'x *** y', hits: 1 });
});

test('each line of a secret of several lines is hidden', () => {
  expect(redactor(['first line\nsecond line'])('… second line …')).toEqual({ text: '… *** …', hits: 1 });
});

test('a secret in colours is hidden with the colours inside it', () => {
  const text = 'key = \x1b[32mabcd\x1b[39m\x1b[1mefgh\x1b[0m!';
  expect(redactor(['abcdefgh'])(text)).toEqual({ text: 'key = \x1b[32m***\x1b[0m!', hits: 1 });
});

test('nothing is hidden where there are no secrets', () => {
  const text = 'ghp_ is a prefix, https://user@host/ has no password, and AKIA is four letters';
  expect(redactor([])(text)).toEqual({ text, hits: 0 });
});

const FILLER = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9';

test.each([
  ['a token of GitHub', `(ghp_${FILLER})`, '(***)'],
  ['a token of a workflow', `(ghs_${FILLER})`, '(***)'],
  ['a token of a workflow of today', `(ghs_eyJhbGciOi.${FILLER}.${FILLER}-_${FILLER})`, '(***)'],
  ['a token of an app', `(gho_${FILLER})`, '(***)'],
  ['a fine-grained token', `(github_pat_11ABCDE_${FILLER})`, '(***)'],
  ['an access key of AWS', `(AKIA${FILLER.slice(0, 16).toUpperCase()})`, '(***)'],
  ['a JSON Web Token', `(eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${FILLER})`, '(***)'],
  ['a token of Slack', '(xoxb-123456789012-abcdefABCDEF)', '(***)'],
  ['a password in an address', 'postgres://ada:s3cret!@db:5432/x', 'postgres://ada:***@db:5432/x'],
  ['a password like its user', 'https://same:same@host', 'https://same:***@host'],
  ['a private key', `(${pem('RSA PRIVATE KEY', `${FILLER}\n${FILLER}==`)})`, '(***)'],
  [
    'an encrypted private key',
    `(${pem('RSA PRIVATE KEY', `DEK-Info: AES-128-CBC,1\n\n${FILLER}`)})`,
    '(***)',
  ],
  ['a private key as JSON', `(${JSON.stringify(pem('PRIVATE KEY', FILLER))})`, '("***")'],
  ['a private key that was cut off', pem('PRIVATE KEY', FILLER).slice(0, 50), '***'],
])('%s is hidden though nobody has told us of it', (_, text, shown) => {
  expect(redactor([])(text).text).toBe(shown);
});

function pem(kind: string, body: string): string {
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
}

test('joined: wherever a text with a secret is cut, no piece and no joining of them shows it', () => {
  const secret = 'correct horse battery';
  const redact = redactor([secret]);
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.array(fc.nat(80), { maxLength: 6 }), (before, after, cuts) => {
      const whole = `${before}${secret}${after}`;
      const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
      const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
      const { texts, hits } = redact.joined(pieces);
      expect(texts).toHaveLength(pieces.length);
      expect(texts.join('')).toBe(redact(whole).text);
      expect(texts.join('')).not.toContain(secret);
      expect(hits).toBe(1);
    }),
  );
});

test('a long text without secrets, and the worst for its shapes, take no longer than it is long', () => {
  const redact = redactor(['correct horse battery']);
  for (const piece of ['-----BEGIN PRIVATE KEY-----', 'eyJeyJ.', 'a://b:', 'ghp_', 'x'.repeat(50)]) {
    const started = performance.now();
    redact(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});

test('what is secret is known by the name of its variable, from inputs, and from the list of the user', () => {
  const env = {
    MY_TOKEN: 'token-value',
    AWS_SECRET_ACCESS_KEY: 'key-value-1',
    DB_PASSWORD: ' password-1 \n',
    SHORT_KEY: '1234567',
    LANG: 'en_US.UTF-8',
    DSN: 'listed-value',
    UNSET_TOKEN: undefined,
  };
  const secrets = knownSecrets(env, {
    inputs: ['input-token', undefined, 'token-value'],
    redactEnv: ['DSN', 'NONE'],
  });
  expect(secrets).toEqual(['token-value', 'key-value-1', 'password-1', 'listed-value', 'input-token']);
});

test('parameters are secret by their names, also inside of objects and lists', () => {
  const parameters = new Map<string, Parameters<typeof secretParameters>[0] | string | string[]>([
    ['api_token', 'token-value'],
    ['max_tokens', 'twelve hundred'],
    ['key_column', 'customer_id'],
    [
      'config',
      new Map([
        ['apiKey', 'key-value-1'],
        ['name', 'a long name'],
      ]),
    ],
    ['passwords', ['not matched by name']],
    ['password', ['one-password', 'short']],
  ]);
  expect(secretParameters(parameters)).toEqual(['token-value', 'key-value-1', 'one-password']);
});
