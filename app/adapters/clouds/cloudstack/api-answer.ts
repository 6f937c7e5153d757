import { CloudError, type CloudErrorCode } from '../cloud-error.ts'
import { type ExactJson, parseExactJson } from '../exact-json.ts'

type Fields = Record<string, unknown>

export type HttpAnswer = { readonly command: string; readonly status: number; readonly retryAfter: string | null; readonly body: string }

/**
 * What stands in the envelope of a successful answer: the value of its first key ending in `response`, whatever the command.
 * @throws CloudError for a refusal in the envelope or the status, and for a text that is not such an envelope.
 */
export function openAnswer(answer: HttpAnswer): ExactJson {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, errorTextIn(answer.body))
  const json = parse(answer)
  const name = envelopeName(json.value)
  if (name === undefined) throw malformed(answer, 'has no envelope')
  const opened = { value: (json.value as Fields)[name], exact: (json.exact as Fields)[name] }
  if (!isFields(opened.value) || !isFields(opened.exact)) throw malformed(answer, 'has an envelope that is no object')
  const { errorcode } = opened.exact
  if (errorcode !== undefined) throw refusal({ ...answer, status: Number(errorcode) }, textOf(opened.exact.errortext))
  return opened
}

/** The name of the envelope in `value`; some commands answer under another name than their own. */
export function envelopeName(value: unknown): string | undefined {
  return isFields(value) ? Object.keys(value).find((name) => name.toLowerCase().endsWith('response')) : undefined
}

function parse(answer: HttpAnswer): ExactJson {
  try {
    return parseExactJson(answer.body)
  } catch {
    throw malformed(answer, 'is not JSON, or cut short')
  }
}

function malformed({ command, status }: HttpAnswer, what: string): CloudError {
  return new CloudError('malformed-answer', `cloudstack ${command}: the answer ${what}`, { status, isTransient: true })
}

function refusal(answer: HttpAnswer, text: string | undefined): CloudError {
  const { status } = answer
  const [code, isTransient] = judge(status)
  const said = text ? `: ${text}` : ''
  const retryAfterMs = /^\d{1,5}$/.test(answer.retryAfter ?? '') ? Number(answer.retryAfter) * 1000 : undefined
  return new CloudError(code, `cloudstack ${answer.command}: ${code} (${status})${said}`, {
    status,
    isTransient,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

/** 531 to 537 are CloudStack's own codes for a request that will not succeed by being repeated. */
function judge(status: number): [CloudErrorCode, boolean] {
  if (status === 401) return ['unauthorised', false]
  if (status === 429) return ['rate-limited', true]
  if (status >= 500 && (status < 531 || status > 537)) return ['unavailable', true]
  return ['refused', false]
}

/** The error text of a refusal; undefined where a proxy answered with something that is not CloudStack's JSON. */
function errorTextIn(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const name = envelopeName(value)
    const inner = name === undefined ? undefined : (value as Fields)[name]
    return isFields(inner) ? textOf(inner.errortext) : undefined
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, 300) : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
