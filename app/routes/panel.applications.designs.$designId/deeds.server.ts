import { data } from '@remix-run/node'
import { z } from 'zod'
import { longestDesignName } from '#app/domain/apps/design.ts'
import { changeDesign, removeDesign, removeDesignTier, saveDesignTier } from '#app/services/apps/keep-design.server.ts'
import { designOfferFor, pricedOfferFor } from '#app/web/desks/design-desk.server.ts'
import { fieldOfTier, readTierForm } from '#app/web/desks/tier-form.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { oneOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const intents = ['tier', 'remove-tier', 'details', 'remove'] as const
const DetailsForm = z.object({ name: line(longestDesignName), network: uuid.optional() })

/** What a refused form answers: codes at its fields, or one for all tiers. */
export type DesignAnswer =
  | { readonly intent: 'tier' | 'details'; readonly fields: FieldErrors; readonly values: Readonly<Record<string, string>> }
  | { readonly problem: string }

type Refused = Exclude<DesignAnswer, { readonly problem: string }>
const refused = (answer: Refused) => data<DesignAnswer>(answer, { status: 422 })

/** Does what the form's address names to a design of the reader's account, or says why not. */
export async function doDesignDeed(request: Request, designId: string) {
  const search = new URL(request.url).searchParams
  const intent = orNotFound(oneOf(intents, search.get('intent')))
  const path = `/panel/applications/designs/${designId}`
  switch (intent) {
    case 'tier':
      return keepTier(request, designId, path)
    case 'details':
      return keepDetails(request, designId, path)
    case 'remove-tier': {
      await parseForm(request, z.object({}))
      const code = search.get('tier') ?? ''
      const gone = await asCustomer(request, 'order:write', (ctx, { accountId }) =>
        removeDesignTier(ctx, { id: designId, accountId, code }),
      )
      orNotFound(gone.ok || null)
      return redirectWithToast(request, path, 'saved')
    }
    case 'remove': {
      await parseForm(request, z.object({}))
      const gone = await asCustomer(request, 'order:write', (ctx, { accountId }) => removeDesign(ctx, { id: designId, accountId }))
      orNotFound(gone.ok || null)
      return redirectWithToast(request, '/panel/applications/designs', 'saved')
    }
  }
}

async function keepTier(request: Request, id: string, path: string) {
  const form = await readTierForm(request)
  const { values } = form
  if (!form.ok) return refused({ intent: 'tier', fields: form.fields, values })
  const offer = await pricedOfferFor(request)
  const saved = await asCustomer(request, 'order:write', (ctx, { accountId }) =>
    saveDesignTier(ctx, { id, accountId, tier: form.tier, offer }),
  )
  if (saved.ok) return redirectWithToast(request, path, 'saved')
  if (saved.error === 'design-not-found') throw refuse(404, 'not-found')
  const field = fieldOfTier(saved.error)
  return field
    ? refused({ intent: 'tier', fields: { [field]: saved.error }, values })
    : data<DesignAnswer>({ problem: saved.error }, { status: 409 })
}

async function keepDetails(request: Request, id: string, path: string) {
  const form = await parseForm(request, DetailsForm)
  if (!form.ok) return refused({ intent: 'details', fields: form.error, values: form.values })
  const { name, network: networkId = null } = form.value
  const offer = await designOfferFor(request)
  const saved = await asCustomer(request, 'order:write', (ctx, { accountId }) =>
    changeDesign(ctx, { id, accountId, name, networkId, offer }),
  )
  if (saved.ok) return redirectWithToast(request, path, 'saved')
  if (saved.error === 'design-not-found') throw refuse(404, 'not-found')
  return refused({ intent: 'details', fields: { network: saved.error }, values: { name, network: networkId ?? '' } })
}
