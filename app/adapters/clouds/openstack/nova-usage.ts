import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { contentKey } from '../content-key.ts'
import type { ExactJson } from '../exact-json.ts'
import { readInstant } from '../instant-text.ts'
import { type Fields, isFields, malformedFile, parseJsonFile } from '../malformed-file.ts'
import { readQuantity } from '../quantity-text.ts'
import { storable } from '../storable.ts'

const unreadable = new Date(0)

/** Fields of a server's usage and the dimension each becomes. */
const dimensionFields = { flavor: 'flavor', vcpus: 'cpuNumber', memory_mb: 'memoryMib', local_gb: 'diskGib', state: 'state' } as const

/**
 * The servers in an answer of os-simple-tenant-usage with `detailed=1`, of one project or of all, or in a recorded exchange with
 * such an answer as its body. Hours keep every digit that Nova wrote. The source counts existence, at the latest flavor only.
 * @throws CloudError `malformed-file` when it is no such answer; then nothing of it was read.
 */
export function readNovaFile(text: string, cloud: string): RawUsageRecord[] {
  const projects = projectsOf(bodyOf(parseJsonFile(text)))
  return projects.flatMap((project) => serversOf(project).map((server) => toRawUsage(server, project, cloud)))
}

/** A recorded exchange is `{ request, response: { status, body } }`; anything else is the body itself. */
function bodyOf(json: ExactJson): ExactJson {
  const { response } = isFields(json.value) ? json.value : {}
  if (!isFields(response)) return json
  const exact = (json.exact as { response: Fields }).response
  if (response.status !== 200) throw malformedFile(`holds a refused request (${exact.status})`)
  return { value: response.body, exact: exact.body }
}

function projectsOf({ value, exact }: ExactJson): ExactJson[] {
  if (!isFields(value) || !isFields(exact)) throw malformedFile('is no answer of os-simple-tenant-usage')
  if (Array.isArray(value.tenant_usages) && Array.isArray(exact.tenant_usages)) return pair(value.tenant_usages, exact.tenant_usages)
  const { tenant_usage: one } = value
  if (!isFields(one)) throw malformedFile('is no answer of os-simple-tenant-usage: tenant_usage or tenant_usages is missing')
  // A project the cloud does not know has an empty usage.
  return Object.keys(one).length === 0 ? [] : [{ value: one, exact: exact.tenant_usage }]
}

function serversOf({ value, exact }: ExactJson): ExactJson[] {
  const servers = isFields(value) ? value.server_usages : undefined
  const exacts = isFields(exact) ? exact.server_usages : undefined
  if (!Array.isArray(servers) || !Array.isArray(exacts)) throw malformedFile('names no servers: ask Nova with detailed=1')
  return pair(servers, exacts)
}

function pair(values: readonly unknown[], exacts: readonly unknown[]): ExactJson[] {
  return values.map((value, index) => ({ value, exact: exacts[index] }))
}

function toRawUsage(server: ExactJson, project: ExactJson, cloud: string): RawUsageRecord {
  const payload = storable(server.value)
  const read = reader(storable(server.exact))
  const readProject = reader(storable(project.exact))
  const resourceRef = read('instance_id')
  const projectId = read('tenant_id') ?? readProject('tenant_id')
  const window = windowOf(read, readProject)
  const quantity = readQuantity(read('hours'))
  const problem = problemOf({ isServer: resourceRef !== undefined, hasWindow: window !== undefined, hasQuantity: quantity !== undefined })
  const identity = resourceRef
    ? [resourceRef, projectId, read('flavor'), read('vcpus'), read('memory_mb'), window?.start.toISOString(), window?.end.toISOString()]
    : ['malformed', JSON.stringify(payload)]
  return {
    contentKey: contentKey(['nova', cloud, ...identity]),
    usageType: 'nova.server',
    quantity,
    windowStart: window?.start ?? unreadable,
    windowEnd: window?.end ?? unreadable,
    resourceRef,
    resourceName: read('name'),
    owner: projectId === undefined ? {} : { projectId },
    dimensions: dimensionsOf(read),
    payload,
    ...(problem && { problem }),
  }
}

type Read = (field: string) => string | undefined

function reader(exact: unknown): Read {
  return (field) => {
    const value = isFields(exact) && Object.hasOwn(exact, field) ? exact[field] : undefined
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}

/** The server's life inside the period asked; dates are UTC without saying so. A server that lives on ends with the period. */
function windowOf(read: Read, readProject: Read): { start: Date; end: Date } | undefined {
  const instant = (text: string | undefined) => readInstant(text, { assumeUtc: true })
  const from = instant(readProject('start'))
  const to = instant(readProject('stop'))
  const started = instant(read('started_at'))
  const ended = read('ended_at') === undefined ? to : instant(read('ended_at'))
  if (!from || !to || !started || !ended) return undefined
  return { start: started > from ? started : from, end: ended < to ? ended : to }
}

function problemOf(found: { isServer: boolean; hasWindow: boolean; hasQuantity: boolean }): RawUsageRecord['problem'] {
  if (!found.isServer) return 'malformed-record'
  if (!found.hasWindow) return 'unreadable-date'
  return found.hasQuantity ? undefined : 'unreadable-quantity'
}

function dimensionsOf(read: Read): Record<string, string> {
  const pairs = Object.entries(dimensionFields).map(([field, dimension]) => [dimension, read(field)])
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}
