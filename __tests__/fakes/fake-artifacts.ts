import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, jsonOf, listen } from './loopback.ts';

/** An artifact that was uploaded and finished. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly digest: string;
  readonly expiresAt: string | undefined;
  readonly content: Buffer;
}

type Words = Readonly<Record<string, string>>;
interface Blob {
  blocks: Map<string, Buffer>;
  content: Buffer;
  readonly created: Words;
}

const NOTHING: Blob = { blocks: new Map(), content: Buffer.alloc(0), created: {} };

/**
 * The service that keeps the artifacts of one workflow run, as far as @actions/artifact asks it: twirp in JSON, and the
 * blocks of an Azure blob. Where a name is taken it says 409; what a test wants refused, `refuse` refuses.
 */
export class FakeArtifacts {
  readonly stored: StoredArtifact[] = [];
  /** Names of the calls that came, in order. */
  readonly calls: string[] = [];
  /** The answer to the next calls of this name, instead of what would come. */
  refuse: ((call: string) => { status: number; msg: string } | undefined) | undefined;
  /** The service answers when this is settled. */
  held: Promise<unknown> | undefined;
  /** So many requests more end without an answer. */
  losses = 0;
  readonly #blobs = new Map<string, Blob>();
  #address = '';

  static async start(): Promise<FakeArtifacts> {
    const fake = new FakeArtifacts();
    fake.#address = await listen((request, response) => void fake.#answer(request, response));
    return fake;
  }

  /** What a JavaScript action finds in its environment. */
  get environment(): Words {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const scope = 'Actions.Results:6a1b-run:7c2d-job';
    return {
      ACTIONS_RESULTS_URL: `${this.#address}/`,
      ACTIONS_RUNTIME_TOKEN: `${part({ alg: 'none' })}.${part({ scp: scope })}.x`,
    };
  }

  /** Where GitHub sends whoever wants the artifact. */
  addressOf({ name }: StoredArtifact): string {
    return `${this.#address}/blob/${encodeURIComponent(name)}?sig=secret`;
  }

  /** Stores what nobody uploaded. */
  keep(name: string, content: Buffer): void {
    this.#blobs.set(name, { blocks: new Map(), content, created: {} });
    this.#finish(name, {});
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.losses > 0) {
      this.losses -= 1;
      request.socket.destroy();
      return;
    }
    const url = new URL(request.url ?? '', this.#address);
    if (url.pathname.startsWith('/blob/')) await this.#blob(url, request, response);
    else await this.#call(url.pathname.split('/').at(-1) ?? '', request, response);
  }

  async #call(call: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls.push(call);
    const body = (await jsonOf(request)) as Words;
    await this.held;
    const refused = this.refuse?.(call);
    if (refused !== undefined) {
      json(response, refused.status, { code: 'refused', msg: refused.msg });
      return;
    }
    const { name = '' } = body;
    if (call === 'CreateArtifact') {
      if (this.#blobs.has(name)) {
        const msg = 'an artifact with this name already exists on the workflow run';
        json(response, 409, { code: 'already_exists', msg });
        return;
      }
      this.#blobs.set(name, { blocks: new Map(), content: Buffer.alloc(0), created: body });
      const address = `${this.#address}/blob/${encodeURIComponent(name)}?sig=secret&se=2030`;
      json(response, 200, { ok: true, signed_upload_url: address });
      return;
    }
    if (call !== 'FinalizeArtifact' || !this.#blobs.has(name)) {
      json(response, 404, { msg: `no ${call} here` });
      return;
    }
    const id = this.#finish(name, body);
    json(response, 200, { ok: true, artifact_id: String(id) });
  }

  #finish(name: string, finalised: Words): number {
    const id = 1_000 + this.stored.length;
    const { created, content } = this.#blobs.get(name) ?? NOTHING;
    this.stored.push({
      id,
      name,
      mimeType: created['mime_type'] ?? '',
      sizeBytes: Number(finalised['size'] ?? content.length),
      digest: finalised['hash'] ?? '',
      expiresAt: created['expires_at'],
      content,
    });
    return id;
  }

  async #blob(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const blob = this.#blobs.get(decodeURIComponent(url.pathname.slice('/blob/'.length)));
    if (blob === undefined) {
      response.writeHead(404).end();
    } else if (request.method === 'GET') {
      sendPart(blob.content, request, response);
    } else {
      const body = await bodyOf(request);
      const what = url.searchParams.get('comp');
      if (what === 'block') blob.blocks.set(url.searchParams.get('blockid') ?? '', body);
      else if (what === 'blocklist') {
        const ids = [...body.toString().matchAll(/<Latest>(.*?)<\/Latest>/g)].map(([, id = '']) => id);
        blob.content = Buffer.concat(ids.map((id) => blob.blocks.get(id) ?? Buffer.alloc(0)));
      } else blob.content = body;
      response.writeHead(201).end();
    }
  }
}

function sendPart(content: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  // The storage refuses a token of GitHub's that comes with a signed address.
  if (request.headers.authorization !== undefined) return void response.writeHead(403).end();
  if (from === undefined || to === undefined) return void response.writeHead(200).end(content);
  const part = content.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${content.length}`;
  response.writeHead(206, { 'content-range': range, 'content-type': 'application/zip' }).end(part);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
