import { CloudError } from './cloud-error.ts'
import { type ExactJson, parseExactJson } from './exact-json.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What a usage file that cannot be taken is refused with. `what` continues "the file …" for an operator. */
export function malformedFile(what: string, cause?: unknown): CloudError {
  return new CloudError('malformed-file', `the file ${what}`, cause === undefined ? {} : { cause })
}

/** The whole file as JSON. @throws CloudError `malformed-file` when it is no JSON or was cut short. */
export function parseJsonFile(text: string): ExactJson {
  try {
    return parseExactJson(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw malformedFile('is not JSON, or was cut short', error)
  }
}

/** A JSON object, as opposed to a list, null or a plain value. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
