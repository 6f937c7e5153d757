import type { CartLine } from '#app/domain/catalog/cart.ts'
import { typedQuantity } from '#app/domain/catalog/order-pieces.ts'
import { areUnitsOffered, longestNote, typedUnits } from '#app/domain/catalog/service-sale.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreService } from '#app/reports/store/shape.ts'
import { type ApplicationWish, textProblem } from '#app/services/orders/order-choice.ts'
import { chosenOf, type ReaderCatalog } from '../_store.order._index/chosen.ts'

/** What an address asks to be ordered. */
export type Choice = {
  readonly planCode: string
  readonly locationCode: string | undefined
  readonly imageCode: string | undefined
  readonly name: string | undefined
  readonly sshKey: string | undefined
  /** Of a key that the buyer keeps. */
  readonly sshKeyId: string | undefined
  /** Whether the typed key is to be kept. */
  readonly keepsKey: boolean
  readonly optionCodes: readonly string[]
  /** Null where what was typed is no number an order may have. */
  readonly quantity: number | null
  /** Of a service that is ordered by itself; null where what was typed is no number, none for anything else. */
  readonly units?: number | null | undefined
  readonly note?: string | undefined
  readonly projectId: string | undefined
  readonly networkId: string | undefined
  /** Of an application, the tier that it is a server of. */
  readonly tier?: string
  readonly application?: ApplicationWish
}

/** The choice in an address; nothing in it is judged, and what is too long to be any choice is cut. */
export function choiceIn(search: URLSearchParams): Choice {
  const text = (name: string, longest: number) => search.get(name)?.trim().slice(0, longest) || undefined
  const service = text('service', 60)
  return {
    planCode: service ?? text('plan', 60) ?? '',
    ...(service ? { units: typedUnits(search.get('units')), note: text('note', longestNote) } : {}),
    locationCode: text('location', 60),
    imageCode: text('image', 60),
    name: text('name', 64)?.toLowerCase(),
    sshKey: publicOf(text('sshKey', 2_000)),
    sshKeyId: text('key', 40),
    keepsKey: search.get('keep') === 'on',
    optionCodes: [...new Set(search.getAll('option'))].slice(0, 50),
    quantity: typedQuantity(search.get('quantity')),
    projectId: text('project', 40),
    networkId: text('network', 40),
  }
}

/** A typed key; of a private one no more than that it was one, so that it goes nowhere from here. */
export function publicOf(typed: string | undefined): string | undefined {
  return typed && textProblem({ sshKey: typed }) === 'private-ssh-key' ? 'PRIVATE KEY' : typed
}

/** A line of a cart, of anything but an application, as a choice. */
export function choiceOfLine({ id: _id, app: _app, ...line }: CartLine): Choice {
  return {
    locationCode: undefined,
    imageCode: undefined,
    name: undefined,
    sshKey: undefined,
    sshKeyId: undefined,
    keepsKey: false,
    projectId: undefined,
    networkId: undefined,
    ...line,
  }
}

/** Where a choice is made: the configurator, or the page of a service. */
export function pageOfChoice({ planCode, units }: Pick<Choice, 'planCode' | 'units'>): string {
  return units === undefined ? '/order' : `/services/${encodeURIComponent(planCode)}`
}

/** The address of that page with a choice in it. */
export function searchOf(choice: Choice): URLSearchParams {
  if (choice.units !== undefined) {
    const { planCode, units, note } = choice
    return new URLSearchParams({ service: planCode, units: String(units ?? ''), ...(note ? { note } : {}) })
  }
  const { planCode, locationCode, imageCode, name, sshKey, sshKeyId, keepsKey, quantity, projectId, networkId, optionCodes } = choice
  const single = {
    plan: planCode,
    location: locationCode,
    image: imageCode,
    name,
    sshKey,
    key: sshKeyId,
    keep: keepsKey ? 'on' : '',
    quantity: String(quantity ?? ''),
    project: projectId,
    network: networkId,
  }
  const pairs = Object.entries(single).flatMap(([key, value]) => (value ? [[key, value]] : []))
  return new URLSearchParams([...pairs, ...optionCodes.map((code) => ['option', code])])
}

/** A line of a cart as the address of the page where it is chosen says it. */
export function searchOfLine(line: CartLine): URLSearchParams {
  const search = searchOf(choiceOfLine(line))
  if (!line.app) return search
  search.delete('quantity')
  for (const { code, planCode, count } of line.app.tiers) {
    search.set(`plan-${code}`, planCode)
    search.set(`count-${code}`, String(count))
  }
  return search
}

/** Where a line of a cart is chosen. */
export function pageOfLine(line: CartLine): string {
  return line.app ? `/apps/${encodeURIComponent(line.app.code)}` : pageOfChoice(choiceOfLine(line))
}

/** What of a choice cannot be ordered, by its field. Options are judged by the price that holds them. */
export function problemsOf(catalog: ReaderCatalog, choice: Choice): Readonly<Record<string, string>> {
  const { planCode: plan, locationCode: location, imageCode: image, quantity } = choice
  const service = catalog.services.find(({ code }) => code === plan)
  if (service) return unitsProblem(service, choice)
  const chosen = chosenOf(catalog, { plan, location, image })
  if (chosen?.plan.code !== plan) return { plan: 'not-offered' }
  const number: Readonly<Record<string, string>> = quantity === null ? { quantity: 'quantity' } : {}
  if (!chosen.plan.hasServer) return number
  const left = chosen.plan.left[location ?? '']
  const named = choice.name ? textProblem({ name: choice.name }) : 'malformed-name'
  const key = textProblem({ sshKey: choice.sshKey })
  return {
    ...number,
    ...(chosen.location?.code === location && left !== 0 ? {} : { location: 'sold-out' }),
    ...(left && quantity && left < quantity ? { quantity: 'too-few-left' } : {}),
    ...(chosen.imageCode === image ? {} : { image: 'not-offered' }),
    ...(named ? { name: choice.name ? 'server-name' : 'required' } : {}),
    ...(key ? { sshKey: key } : {}),
    ...keyProblem(catalog, choice),
  }
}

function unitsProblem(service: StoreService, { units }: Choice): Readonly<Record<string, string>> {
  return areUnitsOffered(service, units === null ? 0 : units) ? {} : { units: 'units' }
}

/** What is wrong with a choice of a stored key: it is not there, or another one was typed beside it. */
function keyProblem({ own }: ReaderCatalog, { sshKeyId, sshKey }: Choice): Readonly<Record<string, string>> {
  if (!sshKeyId) return {}
  if (!own.keys.some(({ id }) => id === sshKeyId)) return { key: 'ssh-key-gone' }
  return sshKey ? { key: 'one-ssh-key' } : {}
}

/** Whether something that was ticked is not offered with the plan. */
export function optionProblems({ options }: OrderQuote, { optionCodes }: Choice): Readonly<Record<string, string>> {
  return optionCodes.every((code) => options.some((option) => option.code === code)) ? {} : { options: 'not-offered' }
}
