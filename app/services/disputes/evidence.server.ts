import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  type DisputeRow,
  deleteDisputeFile,
  insertDisputeFile,
  listDisputeFiles,
  noteEvidenceSent,
  readDispute,
  readEvidence,
  saveEvidenceText,
} from '#app/db/payments/disputes.server.ts'
import { findGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { type EvidenceFile, type EvidenceProblem, evidenceName, evidenceProblem, evidenceTypeOf } from '#app/domain/dispute/evidence.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import { type DisputeEvidence, GatewayRefused, GatewayUnknown } from '#app/ports/payment-gateway.ts'
import { askGateway, type GatewayPorts } from '../gateways/gateway-ports.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { takeInDispute } from './take-in-dispute.server.ts'

export type SaveEvidenceInput = { readonly disputeId: string; readonly text: string; readonly file: EvidenceFile | null }
export type SaveEvidenceError = 'dispute-not-found' | 'dispute-closed' | EvidenceProblem

/** Keeps what the seller writes, and a file with it, until it is sent. Only a dispute that asks for an answer takes any. */
export async function saveEvidence(
  process: TenantProcess<{ readonly files: FileStore }>,
  { disputeId, text, file }: SaveEvidenceInput,
): Promise<Result<void, SaveEvidenceError>> {
  const problem = await process.inTenant((ctx) => problemOf(ctx, disputeId, file))
  if (problem) return err(problem)
  const type = file && evidenceTypeOf(file.bytes)
  const id = newId()
  const fileKey = `${process.tenantId}/disputes/${disputeId}/${id}`
  if (file) await process.ports.files.put(fileKey, file.bytes)
  return process.inTenant(async (ctx) => {
    const late = await problemOf(ctx, disputeId, file)
    if (late) return err(late)
    await saveEvidenceText(ctx, disputeId, text)
    const kept = file && type && { id, name: evidenceName(file.name), contentType: type, sizeBytes: file.bytes.length, fileKey }
    if (kept) await insertDisputeFile(ctx, { disputeId, ...kept })
    const detail = { characters: text.length, file: kept?.name ?? null }
    await audit(ctx, { action: 'dispute.evidence-saved', subjectKind: 'dispute', subjectId: disputeId, detail })
    return ok(undefined)
  })
}

async function problemOf(ctx: TenantContext, disputeId: string, file: EvidenceFile | null): Promise<SaveEvidenceError | null> {
  const dispute = await readDispute(ctx, disputeId)
  if (!dispute) return 'dispute-not-found'
  if (dispute.state !== 'needs-response') return 'dispute-closed'
  const sizes = (await listDisputeFiles(ctx, disputeId)).map(({ sizeBytes }) => sizeBytes)
  return file ? evidenceProblem(file, sizes) : null
}

/** Takes a file out again before the evidence is sent. Safe to repeat. */
export async function removeEvidenceFile(
  ctx: TenantContext,
  input: { readonly disputeId: string; readonly fileId: string },
): Promise<Result<void, 'dispute-not-found' | 'dispute-closed'>> {
  const dispute = await readDispute(ctx, input.disputeId)
  if (!dispute) return err('dispute-not-found')
  if (dispute.state !== 'needs-response') return err('dispute-closed')
  await deleteDisputeFile(ctx, input)
  await audit(ctx, {
    action: 'dispute.evidence-removed',
    subjectKind: 'dispute',
    subjectId: input.disputeId,
    detail: { fileId: input.fileId },
  })
  return ok(undefined)
}

type EvidenceProcess = TenantProcess<GatewayPorts & { readonly files: FileStore }>
export type SendEvidenceError = 'dispute-not-found' | 'dispute-closed' | 'evidence-empty' | 'gateway-refused' | 'gateway-silent'

/** Sends what was written and added to the gateway, which answers where the dispute stands then. */
export async function sendEvidence(process: EvidenceProcess, disputeId: string): Promise<Result<void, SendEvidenceError>> {
  const found = await process.inTenant(async (ctx) => {
    const dispute = await readDispute(ctx, disputeId)
    if (!dispute) return err('dispute-not-found')
    if (dispute.state !== 'needs-response') return err('dispute-closed')
    const text = (await readEvidence(ctx, disputeId))?.text ?? ''
    const files = await listDisputeFiles(ctx, disputeId)
    return text === '' && files.length === 0 ? err('evidence-empty') : ok({ dispute, text, files })
  })
  if (!found.ok) return found
  const { dispute, text, files } = found.value
  const loaded: DisputeEvidence['files'][number][] = []
  for (const { name, contentType, fileKey } of files) {
    const bytes = await process.ports.files.get(fileKey)
    invariant(bytes, `evidence ${fileKey} is not in the file store`)
    loaded.push({ name, type: contentType, bytes })
  }
  return submit(process, dispute, { text, files: loaded })
}

async function submit(process: EvidenceProcess, dispute: DisputeRow, evidence: DisputeEvidence): Promise<Result<void, SendEvidenceError>> {
  const { id, attemptId, gatewayAccountId, disputeRef } = dispute
  const account = await process.inTenant((ctx) => findGatewayAccount(ctx, gatewayAccountId))
  invariant(account, `dispute ${id} has no gateway account`)
  try {
    const seen = await askGateway(process, { account, attemptId }, (gateway) => gateway.submitEvidence(disputeRef, evidence))
    return await process.inTenant(async (ctx) => {
      await noteEvidenceSent(ctx, id)
      await audit(ctx, { action: 'dispute.evidence-sent', subjectKind: 'dispute', subjectId: id, detail: { files: evidence.files.length } })
      await takeInDispute(ctx, { gatewayAccountId, seen })
      return ok(undefined)
    })
  } catch (failure) {
    if (failure instanceof GatewayRefused) return err('gateway-refused')
    if (failure instanceof GatewayUnknown) return err('gateway-silent')
    throw failure
  }
}
