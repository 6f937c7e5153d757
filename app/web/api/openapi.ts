import { z } from 'zod'
import { SecretOperation } from './cloud-schemas.ts'
import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { OrderDetail } from './order-schemas.ts'
import { Operation, Problem } from './schemas.ts'
import { SubscriptionDetail } from './subscription-schemas.ts'

type Json = Record<string, unknown>

/** Answers of several endpoints, written down once. */
const named = new Map<z.ZodType, string>([
  [Operation, 'Operation'],
  [SecretOperation, 'SecretOperation'],
  [OrderDetail, 'Order'],
  [SubscriptionDetail, 'Subscription'],
])

const problemAnswer = { $ref: '#/components/responses/Problem' }
const problemResponse = { description: 'What went wrong', content: { 'application/problem+json': { schema: schemaOf(Problem) } } }

/** The reference of the API for programs (OpenAPI 3.1), made of the schemas that check requests and answers. It names no brand. */
export function apiReference(): Json {
  const paths: Record<string, Json> = {}
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operationOf(name, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'API', version: '1' },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    components: {
      responses: { Problem: problemResponse },
      schemas: Object.fromEntries([...named].map(([schema, name]) => [name, schemaOf(schema)])),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key from the panel, as lvk_….' } },
    },
    paths,
  }
}

function operationOf(name: string, endpoint: Endpoint): Json {
  const { summary, permission, body, status } = endpoint
  return {
    operationId: name,
    summary,
    ...(permission ? { description: `Needs the permission ${permission}.` } : {}),
    parameters: [...inAddress(endpoint.path), ...inQuery(endpoint), ...(endpoint.method === 'get' ? [] : inHeaders(endpoint))],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } } : {}),
    responses: { [status]: goodAnswer(endpoint), default: problemAnswer },
  }
}

function inHeaders({ costs, isVersioned }: Endpoint): Json[] {
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: costs === true,
    schema: { type: 'string', maxLength: 200 },
    description: 'The same key and body within 24 hours give the same answer once more, and nothing happens twice.',
  }
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description:
      'The ETag of what is replaced, as it was read. Where another writer replaced it since, the answer is 412 and nothing changes.',
  }
  return isVersioned ? [idempotencyKey, ifMatch] : [idempotencyKey]
}

const eTag = { ETag: { schema: { type: 'string' }, description: 'For If-Match: it is another one once this was replaced.' } }

function inAddress(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function inQuery({ query }: Endpoint): Json[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: schemaOf(schema as z.ZodType, 'input'),
  }))
}

function goodAnswer({ answer, method, isVersioned, mediaType = 'application/json' }: Endpoint): Json {
  const headers = isVersioned && method === 'get' ? { headers: eTag } : {}
  return {
    description: 'Done',
    ...headers,
    content: { [mediaType]: { schema: answer ? answerSchema(answer) : { type: 'string', format: 'binary' } } },
  }
}

function answerSchema(answer: z.ZodType): Json {
  const name = named.get(answer)
  return name ? { $ref: `#/components/schemas/${name}` } : schemaOf(answer)
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io })
  return json
}
