import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { People } from '../access/people.ts';
import { sampleFor } from './field-rules.ts';
import type { Place, Shape } from './place.ts';
import { setAt, valueAt } from './steps.ts';
import type { Wire, WireRequest } from './wire.ts';

type JsonSchema = {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  enum?: string[] | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  description?: string | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  items?: JsonSchema | undefined;
  required?: string[] | undefined;
  anyOf?: JsonSchema[] | undefined;
};

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.string()).optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    items: jsonSchema.optional(),
    required: z.array(z.string()).optional(),
    anyOf: z.array(jsonSchema).optional(),
  }),
);

const operation = z.object({
  parameters: z
    .array(
      z.object({
        in: z.enum(['path', 'query', 'header']),
        name: z.string(),
        required: z.boolean().default(false),
        schema: jsonSchema,
      }),
    )
    .default([]),
  requestBody: z
    .object({
      content: z.object({
        'application/json': z.object({ schema: jsonSchema, example: z.record(z.string(), z.unknown()) }),
      }),
    })
    .optional(),
});
const openapi = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const document = openapi.parse(
  JSON.parse(readFileSync(new URL('../../schema/openapi.json', import.meta.url), 'utf8')),
);

/** A REST operation with a valid request for it. */
export type RestOperation = {
  name: string;
  method: string;
  path: string;
  parameters: z.output<typeof operation>['parameters'];
  bodySchema: JsonSchema | null;
  body: Record<string, unknown> | null;
};

export const restOperations: RestOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
    name: `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    parameters,
    bodySchema: requestBody?.content['application/json'].schema ?? null,
    body: requestBody?.content['application/json'].example ?? null,
  })),
);

/** Every body field and every parameter of the OpenAPI document. */
export function restPlaces(people: People, wire: Wire): Place[] {
  return restOperations.flatMap((each) => [
    ...parameterPlaces(each, people, wire),
    ...bodyPlaces(each, people, wire),
  ]);
}

function headersOf(people: People): Record<string, string> {
  return { authorization: `Bearer ${people.victim.token}` };
}

/** @returns the path with its parameters filled in: the victim's own things */
function pathOf({ path }: RestOperation, people: People): string {
  const known: Record<string, string> = { ...people.victim.targets, productId: 'prod_001' };
  return path.replace(/\{(\w+)\}/, (_, name) => known[name] ?? '');
}

function parameterPlaces(each: RestOperation, people: People, wire: Wire): Place[] {
  const known: Record<string, string> = { ...people.victim.targets, productId: 'prod_001' };
  return each.parameters.map((parameter) => {
    const shape = parameter.in === 'path' ? ({ kind: 'id' } as const) : shapeOf(parameter.schema);
    const name = `${each.name} ${parameter.in} ${parameter.name}`;
    return {
      name,
      operation: each.name,
      api: 'rest',
      where: parameter.in === 'header' ? 'header' : 'url',
      shape,
      isRequired: false,
      isWrite: each.method !== 'GET',
      sample: parameter.in === 'path' ? known[parameter.name] : sampleFor(name, sampleOf(shape)),
      send({ wire: value }) {
        const request: WireRequest = {
          method: each.method,
          path: pathOf(each, people),
          headers: { ...headersOf(people), ...(each.body ? { 'content-type': 'application/json' } : {}) },
          ...(each.body ? { body: Buffer.from(JSON.stringify(each.body)) } : {}),
        };
        if (parameter.in === 'path') request.path = each.path.replace(`{${parameter.name}}`, () => value);
        if (parameter.in === 'query') request.path += `?${parameter.name}=${value}`;
        if (parameter.in === 'header') request.headers = { ...request.headers, [parameter.name]: value };
        return wire.send(request);
      },
    };
  });
}

type Field = { path: string[]; schema: JsonSchema; isRequired: boolean };

function bodyPlaces(each: RestOperation, people: People, wire: Wire): Place[] {
  const { bodySchema, body } = each;
  if (bodySchema === null || body === null) return [];
  return fieldsOf(bodySchema).map(({ path, schema, isRequired }) => {
    const name = `${each.name} body ${path.join('.')}`;
    const shape: Shape = /Id$/.test(name) ? { kind: 'id' } : shapeOf(schema);
    return {
      name,
      operation: each.name,
      api: 'rest',
      where: 'json',
      shape,
      isRequired,
      isWrite: true,
      sample: valueAt(body, path) ?? sampleFor(name, sampleOf(shape)),
      send({ wire: value, encoding }, fresh = []) {
        const copy = structuredClone(body);
        for (const { path: way, value: other } of fresh) setAt(copy, way, other);
        setAt(copy, path, '@hostile@');
        const [before = '', after = ''] = JSON.stringify(copy).split('"@hostile@"');
        return wire.send({
          method: each.method,
          path: pathOf(each, people),
          headers: { ...headersOf(people), 'content-type': 'application/json' },
          body: Buffer.concat([
            Buffer.from(before),
            Buffer.from(value, encoding ?? 'utf8'),
            Buffer.from(after),
          ]),
        });
      },
    };
  });
}

function resolve(schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) {
    return resolve(jsonSchema.parse(document.components.schemas[schema.$ref.split('/').at(-1) ?? '']));
  }
  const meant = schema.anyOf?.find(({ type }) => type !== 'null');
  return meant ? resolve(meant) : schema;
}

function fieldsOf(schema: JsonSchema, path: string[] = []): Field[] {
  const { properties = {}, required = [] } = resolve(schema);
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = { path: [...path, name], schema: property, isRequired: required.includes(name) };
    return [field, ...fieldsOf(property, field.path)];
  });
}

function shapeOf(schema: JsonSchema): Shape {
  const { type, enum: values, minLength, maxLength, minimum, maximum, items, description } = resolve(schema);
  if (values) return { kind: 'enum', values };
  const own = Array.isArray(type) ? type.find((each) => each !== 'null') : type;
  switch (own) {
    case 'string':
      return /^Opaque id/.test(description ?? '')
        ? { kind: 'id' }
        : { kind: 'text', min: minLength ?? 0, max: maxLength ?? null };
    case 'integer':
      return { kind: 'integer', min: minimum ?? -2_147_483_648, max: maximum ?? 2_147_483_647 };
    case 'number':
      return { kind: 'decimal' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return { kind: 'list', of: items ? shapeOf(items) : { kind: 'object' } };
    case 'object':
      return { kind: 'object' };
    default:
      throw new Error(`Nobody knows what is hostile to a ${String(own)}: say so in rest-places.ts`);
  }
}

function sampleOf(shape: Shape): unknown {
  if (shape.kind === 'enum') return shape.values[0];
  if (shape.kind === 'integer') return Math.max(shape.min, 1);
  return shape.kind === 'decimal' ? '1.00' : 'Sample';
}
