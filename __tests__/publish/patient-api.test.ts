import { expect, test } from 'vitest';
import { patientApi } from '../../src/publish/patient-api.ts';
import { ApiError } from '../../src/publish/ports.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { untilSettled } from './until-settled.ts';

const SOON = { status: 429, retryAfterMs: 30_000 };
const FORBIDDEN = { status: 403, retryAfterMs: undefined };
const SERVER = { status: 502, retryAfterMs: undefined };
const SILENCE = { status: undefined, retryAfterMs: undefined };

/** Seconds waited, and how it ended, when the API answers so for the first times. */
async function ask(
  ...answers: readonly ConstructorParameters<typeof ApiError>[1][]
): Promise<[number, string]> {
  const clock = new FakeClock();
  const api = patientApi({ clock, signal: new AbortController().signal });
  const left = [...answers];
  const work = api.ask(() => {
    const answer = left.shift();
    if (answer !== undefined)
      return Promise.reject(new ApiError(`status ${answer.status ?? 'none'}`, answer));
    return Promise.resolve('done');
  });
  const { value, seconds } = await untilSettled(
    clock,
    work.catch((error: unknown) => (error as Error).message),
  );
  return [seconds, value];
}

test.each([
  ['waits as it is told', [SOON, SOON], [60, 'done']],
  ['waits at most two minutes in all', [SOON, SOON, SOON, SOON, SOON], [120, 'status 429']],
  ['does not wait for an hour', [{ status: 403, retryAfterMs: 3_600_000 }], [0, 'status 403']],
  ['waits longer each time for a server in trouble', [SERVER, SILENCE, SERVER], [13, 'done']],
  ['gives a server in trouble up after three times', [SERVER, SERVER, SERVER, SERVER], [13, 'status 502']],
  ['asks only once for what is forbidden', [FORBIDDEN], [0, 'status 403']],
  [
    'never asks again at once',
    Array.from({ length: 200 }, () => ({ status: 429, retryAfterMs: 0 })),
    [120, 'status 429'],
  ],
] as const)('%s', async (_, answers, expected) => {
  expect(await ask(...answers)).toEqual(expected);
});

test('stops waiting when the publishing ends', async () => {
  const controller = new AbortController();
  const api = patientApi({ clock: new FakeClock(), signal: controller.signal });
  const work = api.ask(() => Promise.reject(new ApiError('later', SOON)));
  controller.abort();
  await expect(work).rejects.toThrow('later');
});
