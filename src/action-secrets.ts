import type { Env } from './execute-request.ts';
import type { PublishRequest } from './model.ts';
import { knownSecrets } from './report/known-secrets.ts';

/** Values that a step of ours must not publish: those of variables that look secret, those it was told of, and its token. */
export function actionSecrets(env: Env, { githubToken, redactEnv }: PublishRequest): readonly string[] {
  // Our inputs are variables too, and `comment-key` is no key: hidden, it would be missing from every sentence.
  const variables = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')));
  return knownSecrets(variables, { inputs: [githubToken], redactEnv });
}
