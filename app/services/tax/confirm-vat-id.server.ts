import {
  dueVatIds,
  insertVatIdCheck,
  setVatIdStatus,
  type VatIdCheckRow,
  type VatIdToCheck,
  vatIdToCheck,
} from '#app/db/documents/vat-ids.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type TaxRegistry, TaxRegistryError } from '#app/ports/tax-registry.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type RegistryPorts = { readonly registry: TaxRegistry }
export type VatIdOutcome = VatIdCheckRow['outcome']
export type ConfirmVatIdError = 'no-vat-id' | 'not-in-register'

/**
 * Asks the register about the VAT id of an account and keeps its answer as proof. An answer becomes the account's status; without one the
 * last known status stays and the id is asked about again later (B9).
 */
export async function confirmVatId(
  process: TenantProcess<RegistryPorts>,
  { accountId }: { readonly accountId: string },
): Promise<Result<VatIdOutcome, ConfirmVatIdError>> {
  const question = await process.inTenant((ctx) => vatIdToCheck(ctx, accountId))
  if (!question) return err('no-vat-id')
  if (!process.ports.registry.prefixes.includes(question.vatId.slice(0, 2))) return err('not-in-register')
  return ok(await askAndKeep(process, question))
}

export type ConfirmedIds = Readonly<Record<VatIdOutcome, number>>

/** Asks about the ids of a seller that are due, one after the other, at most `limit`. Returns how many came to what. */
export async function confirmDueVatIds(
  process: TenantProcess<RegistryPorts>,
  { limit }: { readonly limit: number },
): Promise<ConfirmedIds> {
  const { prefixes } = process.ports.registry
  const due = await process.inTenant((ctx) => dueVatIds(ctx, { prefixes, limit }))
  const counts = { valid: 0, invalid: 0, unavailable: 0 }
  for (const question of due) counts[await askAndKeep(process, question)] += 1
  return counts
}

async function askAndKeep({ ports, inTenant }: TenantProcess<RegistryPorts>, question: VatIdToCheck): Promise<VatIdOutcome> {
  const row = await ask(ports.registry, question)
  await inTenant(async (ctx) => {
    await insertVatIdCheck(ctx, row)
    if (row.outcome !== 'unavailable') await setVatIdStatus(ctx, { ...question, status: row.outcome })
  })
  return row.outcome
}

async function ask(registry: TaxRegistry, question: VatIdToCheck): Promise<VatIdCheckRow> {
  const { vatId, requesterVatId } = question
  const common = { ...question, register: registry.name }
  try {
    const { isValid, raw, ...told } = await registry.check({ vatId, requesterVatId })
    return { ...common, ...told, outcome: isValid ? 'valid' : 'invalid', problem: null, answer: raw }
  } catch (failure) {
    if (!(failure instanceof TaxRegistryError)) throw failure
    const nothing = { consultationNumber: null, registeredName: null, registeredAddress: null }
    return { ...common, ...nothing, outcome: 'unavailable', problem: failure.code, answer: failure.raw }
  }
}
