import { z } from 'zod'
import { type TaxRegistry, type TaxRegistryCode, TaxRegistryError, type VatIdAnswer, type VatIdQuestion } from '#app/ports/tax-registry.ts'
import { type PostedAnswer, type PostLimits, postJson, usualLimits } from './guarded-post.ts'

/** Prefixes the register knows: member states, Greece as EL, and Northern Ireland. */
const prefixes: readonly string[] = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'.split(' ')

const Answer = z.object({
  valid: z.boolean(),
  countryCode: z.string(),
  vatNumber: z.string(),
  requestIdentifier: z.string().nullish(),
  name: z.string().nullish(),
  address: z.string().nullish(),
})

const Refusal = z.object({ errorWrappers: z.array(z.object({ error: z.string() })).min(1) })

/**
 * VIES, the EU's register of VAT ids, by its REST interface below `baseUrl`
 * (`https://ec.europa.eu/taxation_customs/vies/rest-api`). An answer about another id than the one asked for counts as none.
 */
export function viesRegistry(baseUrl: string, limits: PostLimits = usualLimits): TaxRegistry {
  const address = new URL(`${baseUrl.replace(/\/+$/, '')}/check-vat-number`)
  const covers = (vatId: string) => prefixes.includes(vatId.slice(0, 2))
  return {
    name: 'vies',
    prefixes,
    async check(question) {
      if (!covers(question.vatId))
        throw new TaxRegistryError('refused-question', `VIES does not know ids like ${question.vatId.slice(0, 2)}`)
      const requester = question.requesterVatId && covers(question.requesterVatId) ? split(question.requesterVatId) : undefined
      const asked = split(question.vatId)
      const body = {
        countryCode: asked.prefix,
        vatNumber: asked.number,
        ...(requester ? { requesterMemberStateCode: requester.prefix, requesterNumber: requester.number } : {}),
      }
      return readAnswer(await postJson(address, body, limits), question)
    },
  }
}

function split(vatId: string): { prefix: string; number: string } {
  return { prefix: vatId.slice(0, 2), number: vatId.slice(2) }
}

function readAnswer({ status, text }: PostedAnswer, { vatId }: VatIdQuestion): VatIdAnswer {
  const body = parse(text)
  const refusal = Refusal.safeParse(body)
  if (refusal.success) throw refusalOf(refusal.data.errorWrappers[0]?.error ?? '', text)
  if (status !== 200) throw new TaxRegistryError(status === 429 ? 'busy' : 'unavailable', `VIES answered ${status}`, { raw: text })

  const answer = Answer.safeParse(body)
  if (!answer.success) throw new TaxRegistryError('malformed', 'VIES gave no answer that can be read', { raw: text })
  const { valid, countryCode, vatNumber, requestIdentifier, name, address } = answer.data
  if (`${countryCode}${vatNumber}`.toUpperCase() !== vatId)
    throw new TaxRegistryError('malformed', 'VIES answered about another id', { raw: text })
  return {
    isValid: valid,
    consultationNumber: disclosed(requestIdentifier),
    registeredName: disclosed(name),
    registeredAddress: disclosed(address),
    raw: text,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON at all: told apart below, by the status and the shape.
  }
}

/** What a country does not disclose comes as dashes. */
function disclosed(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' || /^-+$/.test(trimmed) ? null : trimmed
}

const codes: Readonly<Record<string, TaxRegistryCode>> = {
  INVALID_INPUT: 'refused-question',
  INVALID_REQUESTER_INFO: 'refused-question',
  VAT_BLOCKED: 'refused-question',
  IP_BLOCKED: 'refused-question',
  TIMEOUT: 'timed-out',
}

function refusalOf(error: string, raw: string): TaxRegistryError {
  const code = codes[error] ?? (error.includes('MAX_CONCURRENT_REQ') ? 'busy' : 'unavailable')
  return new TaxRegistryError(code, `VIES answered ${error.slice(0, 60)}`, { raw })
}
