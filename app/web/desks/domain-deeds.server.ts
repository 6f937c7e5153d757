import { data } from '@remix-run/node'
import { z } from 'zod'
import { addHost } from '#app/services/domains/add-host.server.ts'
import { checkHost } from '#app/services/domains/check-host.server.ts'
import { checkMailDomain } from '#app/services/domains/check-mail-domain.server.ts'
import { makeMainHost } from '#app/services/domains/make-main-host.server.ts'
import { releaseHost } from '#app/services/domains/release-host.server.ts'
import { setUpMailDomain } from '#app/services/domains/set-up-mail-domain.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { domainPorts, mailKeyPorts } from '#app/wiring.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { type Staff, staffOf } from '../request/as-staff.server.ts'
import { line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'

const listPath = '/office/domains'
const mailPath = '/office/domains/mail'

const NewHost = z.object({ host: line(300) })
const HostDeed = z.object({ deed: z.enum(['check', 'main', 'remove']), name: z.string().trim().max(300).optional() })
const MailDeed = z.object({ deed: z.enum(['set-up', 'check']), mailDomainId: uuid.optional() })

/** Adds a host of the seller's own and looks at it at once: what is there already need not be waited for. */
export async function addOwnHost(request: Request) {
  const form = await parseForm(request, NewHost)
  if (!form.ok) return data({ problem: form.error.host ?? 'required', typed: form.values.host ?? '' }, { status: 422 })
  const process = await domainProcess(request)
  const added = await addHost(process, form.value.host)
  if (!added.ok) return data({ problem: added.error, typed: form.value.host }, { status: 422 })
  await checkHost(process, { id: added.value.hostId })
  return redirectWithToast(request, `${listPath}/${added.value.hostId}`, 'saved')
}

/** Does what the page of a host asks for. @throws 404 for a host the seller has not. */
export async function changeHost(request: Request, hostId: string) {
  const form = await parseForm(request, HostDeed)
  if (!form.ok) return data({ problem: 'invalid' }, { status: 422 })
  const process = await domainProcess(request)
  const { deed, name } = form.value
  const done =
    deed === 'check'
      ? await checkHost(process, { id: hostId })
      : await process.inTenant(async (ctx) =>
          deed === 'main' ? await makeMainHost(ctx, hostId) : await releaseHost(ctx, { hostId, typed: name ?? '' }),
        )
  if (done.ok)
    return redirectWithToast(request, deed === 'remove' ? listPath : `${listPath}/${hostId}`, deed === 'check' ? 'checked' : 'saved')
  if (done.error === 'host-not-found') orNotFound(null)
  return data({ problem: done.error }, { status: 422 })
}

/** Makes the key of the domain that the seller's sender address is of, or looks at its records. */
export async function changeMailDomain(request: Request) {
  const form = await parseForm(request, MailDeed)
  if (!form.ok) return data({ problem: 'invalid' }, { status: 422 })
  const staff = await staffOf(request, 'domain:write')
  const set =
    form.value.deed === 'set-up'
      ? await setUpMailDomain(processOf(staff.tenant.tenantId, mailKeyPorts(), staff.actor), senderOf(staff).domain)
      : { ok: true as const, value: { mailDomainId: orNotFound(form.value.mailDomainId) } }
  if (!set.ok) return data({ problem: set.error }, { status: 422 })
  const checked = await checkMailDomain(processOf(staff.tenant.tenantId, domainPorts(), staff.actor), set.value.mailDomainId)
  // A new key is kept although nobody could be asked about it.
  if (checked.ok || form.value.deed === 'set-up') return redirectWithToast(request, mailPath, 'checked')
  if (checked.error === 'mail-domain-not-found') orNotFound(null)
  return data({ problem: checked.error }, { status: 422 })
}

/** The address that the seller's brand sends from, and its domain. */
export function senderOf({ tenant }: Pick<Staff, 'tenant'>): { readonly address: string; readonly domain: string } {
  const { fromAddress: address } = brandOf(tenant).pack.mail
  return { address, domain: address.slice(address.lastIndexOf('@') + 1).toLowerCase() }
}

async function domainProcess(request: Request) {
  const { tenant, actor } = await staffOf(request, 'domain:write')
  return processOf(tenant.tenantId, domainPorts(), actor)
}
