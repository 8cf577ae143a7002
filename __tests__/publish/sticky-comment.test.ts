import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patientApi } from '../../src/publish/patient-api.ts';
import { ApiError, type Comment, type Comments } from '../../src/publish/ports.ts';
import { type Posted, postComment, type StickyComment } from '../../src/publish/sticky-comment.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { untilSettled } from './until-settled.ts';

/** Comments of one pull request, in memory. */
class FakeComments implements Comments {
  readonly all: Comment[] = [];
  #nextId = 1;

  add(author: string, body: string): Comment {
    const id = this.#nextId++;
    const comment = { id, author, body, url: `#${id}` };
    this.all.push(comment);
    return comment;
  }
  list = (): Promise<readonly Comment[]> => Promise.resolve([...this.all]);
  create = (_: number, body: string): Promise<Comment> => Promise.resolve(this.add('bot', body));
  update = (id: number, body: string): Promise<Comment> => {
    const index = this.all.findIndex((comment) => comment.id === id);
    const found = this.all[index];
    if (found === undefined) return Promise.reject(apiError(404));
    return Promise.resolve((this.all[index] = { ...found, body }));
  };
  remove = (id: number): Promise<void> => {
    const index = this.all.findIndex((comment) => comment.id === id);
    if (index >= 0) this.all.splice(index, 1);
    return index < 0 ? Promise.reject(apiError(404)) : Promise.resolve();
  };
}

function apiError(status: number | undefined, retryAfterMs?: number): ApiError {
  return new ApiError(`status ${status ?? 'none'}`, { status, retryAfterMs });
}

/** A comment of run `number` says `mine <number>`. */
function aSticky(number: number, overrides: Partial<StickyComment> = {}): StickyComment {
  return {
    pullRequest: 12,
    body: `mine ${number}`,
    shortBody: () => `mine ${number} short`,
    create: true,
    author: 'bot',
    isOwn: (body) => body.startsWith('mine '),
    writer: { number, attempt: 1 },
    writerOf: (body) => ({ number: Number(body.split(' ')[1]), attempt: 1 }),
    ...overrides,
  };
}

async function post(comments: Comments, sticky = aSticky(7)): Promise<{ value: Posted; seconds: number }> {
  const clock = new FakeClock();
  const api = patientApi({ clock, signal: new AbortController().signal });
  return await untilSettled(clock, postComment(sticky, { comments, api }));
}

const bodies = ({ all }: FakeComments): string[] => all.map(({ body }) => body);

test('writes its own oldest comment anew, and nobody else’s', async () => {
  const comments = new FakeComments();
  for (const author of ['mallory', 'bot', 'bot']) comments.add(author, 'mine 3');
  expect((await post(comments)).value).toEqual({ kind: 'updated', url: '#2' });
  expect(bodies(comments)).toEqual(['mine 3', 'mine 7', 'mine 3']);
});

test('leaves what a newer run has written, and what a newer attempt of this run has', async () => {
  const comments = new FakeComments();
  comments.add('bot', 'mine 8');
  expect((await post(comments)).value).toEqual({ kind: 'superseded', url: '#1' });
  const attempt = aSticky(8, { writer: { number: 8, attempt: 0 } });
  expect((await post(comments, attempt)).value).toEqual({ kind: 'superseded', url: '#1' });
  expect(bodies(comments)).toEqual(['mine 8']);
});

test('makes none where none is wanted', async () => {
  const comments = new FakeComments();
  expect((await post(comments, aSticky(7, { create: false }))).value).toEqual({ kind: 'none' });
  expect(bodies(comments)).toEqual([]);
});

test('looks before it asks again whether the comment is there after all', async () => {
  const comments = new FakeComments();
  const { create } = comments;
  let calls = 0;
  comments.create = async (pullRequest, body) => {
    await create(pullRequest, body);
    calls += 1;
    throw apiError(502);
  };
  const { value, seconds } = await post(comments);
  expect([value, seconds, calls]).toEqual([{ kind: 'created', url: '#1' }, 1, 1]);
  expect(bodies(comments)).toEqual(['mine 7']);
});

test('makes its comment anew when somebody deletes it meanwhile', async () => {
  const comments = new FakeComments();
  const old = comments.add('bot', 'mine 3');
  const { update } = comments;
  comments.update = async (id, body) => {
    comments.update = update;
    await comments.remove(old.id);
    return await update(id, body);
  };
  expect((await post(comments)).value).toEqual({ kind: 'created', url: '#2' });
  expect(bodies(comments)).toEqual(['mine 7']);
});

test('says less when GitHub finds it too long', async () => {
  const comments = new FakeComments();
  const { create } = comments;
  comments.create = (pullRequest, body) =>
    body.endsWith('short') ? create(pullRequest, body) : Promise.reject(apiError(422));
  await post(comments);
  expect(bodies(comments)).toEqual(['mine 7 short']);
});

test('throws what no patience mends', async () => {
  const comments = new FakeComments();
  comments.create = () => Promise.reject(apiError(403));
  await expect(post(comments)).rejects.toThrow('status 403');
});

test('ends with one comment, however many make it at the same time; of two, the newer stays', async () => {
  const race = fc.asyncProperty(
    fc.scheduler(),
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }),
    async (scheduler, numbers) => {
      const comments = new FakeComments();
      const slow: Comments = {
        list: scheduler.scheduleFunction(comments.list),
        create: scheduler.scheduleFunction(comments.create),
        update: scheduler.scheduleFunction(comments.update),
        remove: scheduler.scheduleFunction(comments.remove),
      };
      const api = patientApi({ clock: new FakeClock(), signal: new AbortController().signal });
      const all = Promise.all(numbers.map((number) => postComment(aSticky(number), { comments: slow, api })));
      await scheduler.waitFor(all);
      expect(comments.all).toHaveLength(1);
      if (numbers.length === 2) expect(bodies(comments)).toEqual([`mine ${Math.max(...numbers)}`]);
    },
  );
  await fc.assert(race, { numRuns: 500 });
});
