import { data } from '@remix-run/node'
import { z } from 'zod'
import { evidenceLimits } from '#app/domain/dispute/evidence.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { removeEvidenceFile, saveEvidence, sendEvidence } from '#app/services/disputes/evidence.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, gatewayPorts } from '#app/wiring.server.ts'
import { staffOf } from '../request/as-staff.server.ts'
import { uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'

const EvidenceForm = z.object({
  deed: z.enum(['save', 'remove', 'send']),
  text: z.string().trim().max(evidenceLimits.textCharacters, 'too-long').optional(),
  fileId: uuid.optional(),
})

/** Does what a form on a dispute's page asks for: keeps words and a file, takes a file out, or sends all of it to the bank. */
export async function disputeDeed(request: Request, disputeId: string) {
  const body = await request.clone().formData()
  const form = await parseForm(request, EvidenceForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { tenant, actor } = await staffOf(request, 'payment:write')
  const process = processOf(tenant.tenantId, { ...gatewayPorts(), files: fileStore() }, actor)
  const { deed, text = '', fileId } = form.value
  const result: Result<void, string> =
    deed === 'send'
      ? await sendEvidence(process, disputeId)
      : deed === 'remove'
        ? await process.inTenant((ctx) => removeEvidenceFile(ctx, { disputeId, fileId: fileId ?? disputeId }))
        : await saveEvidence(process, { disputeId, text, file: await fileOf(body.get('file')) })
  if (!result.ok) return data({ problem: result.error, values: { text } }, { status: 409 })
  return redirectWithToast(request, `/office/disputes/${disputeId}`, 'saved')
}

/** The file of a form; null when none was chosen. What is larger than any bank takes is not read. */
async function fileOf(field: FormDataEntryValue | null) {
  if (!(field instanceof File) || field.name === '') return null
  const bytes =
    field.size > evidenceLimits.fileBytes ? new Uint8Array(evidenceLimits.fileBytes + 1) : new Uint8Array(await field.arrayBuffer())
  return { name: field.name, bytes }
}
