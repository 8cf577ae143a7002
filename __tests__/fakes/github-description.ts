import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Json;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Json }>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Json>>;
}

type Root = Json & { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

/** An operation of GitHub's API that a request was for. */
export interface Described {
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
  /** What the request, or the answer to it, has that the description does not allow; empty = nothing. */
  readonly requestProblems: (request: { query: URLSearchParams; body: unknown }) => readonly string[];
  readonly answerProblems: (status: number, body: unknown) => readonly string[];
}

/** GitHub's API as GitHub describes it: https://github.com/github/rest-api-description */
export class GitHubDescription {
  readonly #root: Root;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  readonly #compiled = new Map<unknown, ValidateFunction>();

  constructor() {
    const path = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
    this.#root = JSON.parse(readFileSync(path, 'utf8')) as Root;
    addFormatsModule.default(this.#ajv);
  }

  /** An example of the description, to be changed where a test cares. */
  example(name: string): unknown {
    const found = this.#at(`#/components/examples/${name}`) as { value: unknown };
    return structuredClone(found.value);
  }

  /** undefined when there is no such operation. */
  find(method: string, pathname: string): Described | undefined {
    for (const [template, operations] of Object.entries(this.#root.paths)) {
      const operation = operations[method.toLowerCase()];
      const path = matching(template, pathname);
      if (operation === undefined || path === undefined) continue;
      return {
        operation: operation.operationId,
        path,
        requestProblems: (request) => this.#requestProblems(operation, path, request),
        answerProblems: (status, body) => this.#answerProblems(operation, status, body),
      };
    }
    return undefined;
  }

  #requestProblems(
    operation: Operation,
    path: Readonly<Record<string, string>>,
    { query, body }: { query: URLSearchParams; body: unknown },
  ): readonly string[] {
    const parameters = (operation.parameters ?? []).map(
      (each) => this.#resolved(each) as unknown as Parameter,
    );
    const given = [
      ...Object.entries(path).map(([name, value]) => ['path', name, value] as const),
      ...[...query].map(([name, value]) => ['query', name, value] as const),
    ];
    const ofParameters = given.flatMap(([place, name, value]) => {
      const parameter = parameters.find((each) => each.in === place && each.name === name);
      if (parameter === undefined) return [`${place} parameter ${name} is unknown`];
      return this.#problems(parameter.schema, typed(value, parameter.schema), name);
    });
    const schema = operation.requestBody?.content?.['application/json']?.schema;
    if (schema === undefined)
      return body === undefined ? ofParameters : [...ofParameters, 'a body is unknown'];
    return [...ofParameters, ...this.#problems(schema, body, 'body')];
  }

  #answerProblems(operation: Operation, status: number, body: unknown): readonly string[] {
    const answer = operation.responses[status];
    // Any operation may be refused, whether its description says so or not; then it has GitHub's usual form.
    if (answer === undefined && status < 400) return [`status ${status} is not described`];
    const content = answer === undefined ? undefined : (this.#resolved(answer) as Content).content;
    const schema = content?.['application/json']?.schema;
    if (schema !== undefined) return this.#problems(schema, body, 'answer');
    if (status >= 400) return this.#problems({ $ref: '#/components/schemas/basic-error' }, body, 'answer');
    return body === undefined ? [] : ['a body is not described'];
  }

  #problems(schema: Json, value: unknown, what: string): readonly string[] {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      const definitions: Record<string, unknown> = {};
      validate = this.#ajv.compile({ ...this.#asJsonSchema(schema, definitions), $defs: definitions });
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = '' }) => `${what}${instancePath} ${message}`,
    );
  }

  /** OpenAPI 3.0 says `nullable` where JSON Schema has a type `null`; what is referred to comes along. */
  #asJsonSchema(schema: Json, definitions: Record<string, unknown>): Json {
    const { $ref: reference } = schema;
    if (typeof reference === 'string') {
      const name = reference.split('/').at(-1) ?? '';
      if (!(name in definitions)) {
        definitions[name] = true; // it may refer to itself
        definitions[name] = this.#asJsonSchema(this.#at(reference) as Json, definitions);
      }
      return { $ref: `#/$defs/${name}` };
    }
    const { nullable, ...rest } = schema;
    const inner = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(inner);
      return typeof value === 'object' && value !== null
        ? this.#asJsonSchema(value as Json, definitions)
        : value;
    };
    const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inner(value)]));
    return nullable === true ? { anyOf: [{ type: 'null' }, converted] } : converted;
  }

  #resolved(value: Json): Json {
    return typeof value['$ref'] === 'string' ? (this.#at(value['$ref']) as Json) : value;
  }

  #at(reference: string): unknown {
    const keys = reference.replace('#/', '').split('/');
    return keys.reduce<unknown>((inner, key) => (inner as Json)[key], this.#root);
  }
}

function matching(template: string, pathname: string): Readonly<Record<string, string>> | undefined {
  const pattern = template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const match = new RegExp(`^${pattern}$`).exec(pathname);
  if (match === null) return undefined;
  const path = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
  return Object.fromEntries(path) as Record<string, string>;
}

function typed(value: string, { type }: Json): unknown {
  return type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
}
