import { z } from 'zod'
import { fromPublicId, toPublicId } from '../shared/ids.ts'
import { AppTier, mostTiers, tiersProblem } from './app-template.ts'

/** The most designs an account keeps. */
export const mostDesigns = 50

/** The longest name of one. */
export const longestDesignName = 80

/** What a customer composed for itself: tiers, and the private network they stand in where it is not the public one. */
export type Design = { readonly tiers: readonly AppTier[]; readonly networkId: string | null }

/** A size that an account is offered: the images it comes with, and the places where one can be had now. */
export type OfferedSize = { readonly code: string; readonly images: readonly string[]; readonly places: readonly string[] }

/** What an account can compose of: nothing else can be chosen. */
export type DesignOffer = {
  readonly plans: readonly OfferedSize[]
  /** Private networks of its own that are ready, each in its place. */
  readonly networks: readonly { readonly id: string; readonly zone: string }[]
  /** Whether its cloud can keep strangers from a port. */
  readonly hasFirewall: boolean
}

export type DesignProblemCode = 'size-not-offered' | 'image-not-there' | 'no-firewall' | 'network-not-offered' | 'no-common-place'
export type DesignField = 'planCodes' | 'imageCode' | 'port' | 'network'
/** What of a design is not on offer, with the tier and the field it is about; no tier where it is about all of it. */
export type DesignProblem = { readonly tier: string; readonly field: DesignField; readonly problem: DesignProblemCode }

/** The places where every tier has one of its sizes, and that of the network where there is one: a design is built in one of them. */
export function placesOfDesign({ tiers, networkId }: Design, { plans, networks }: DesignOffer): string[] {
  const placesOf = (code: string) => plans.find((plan) => plan.code === code)?.places ?? []
  const zone = networks.find(({ id }) => id === networkId)?.zone
  const all = [...new Set(plans.flatMap(({ places }) => places))]
  const inNetwork = networkId === null ? all : all.filter((place) => place === zone)
  return inNetwork.filter((place) => tiers.every(({ planCodes }) => planCodes.some((code) => placesOf(code).includes(place))))
}

/**
 * What of a design is not on offer: a size that the account is not sold, an image that one of the sizes lacks, a port that its cloud cannot
 * keep from strangers, a network that is not its own. Where each is on offer, all must be in one place, and every size in one of those.
 */
export function designProblems(design: Design, offer: DesignOffer): DesignProblem[] {
  const { tiers, networkId } = design
  const hasNetwork = networkId === null || offer.networks.some(({ id }) => id === networkId)
  const problems = [
    ...tiers.flatMap((tier) => tierProblems(tier, offer)),
    ...(hasNetwork ? [] : [{ tier: '', field: 'network', problem: 'network-not-offered' } as const]),
  ]
  return problems.length > 0 ? problems : placeProblems(design, offer)
}

function tierProblems({ code: tier, planCodes, imageCode, port, isPublic }: AppTier, { plans, hasFirewall }: DesignOffer): DesignProblem[] {
  const sizes = planCodes.map((code) => plans.find((plan) => plan.code === code))
  const isImageThere = sizes.every((size) => size === undefined || size.images.includes(imageCode))
  return [
    ...(sizes.includes(undefined) ? [{ tier, field: 'planCodes', problem: 'size-not-offered' } as const] : []),
    ...(isImageThere ? [] : [{ tier, field: 'imageCode', problem: 'image-not-there' } as const]),
    ...(port !== null && !isPublic && !hasFirewall ? [{ tier, field: 'port', problem: 'no-firewall' } as const] : []),
  ]
}

function placeProblems(design: Design, offer: DesignOffer): DesignProblem[] {
  const places = placesOfDesign(design, offer)
  const isThere = (code: string) => offer.plans.find((plan) => plan.code === code)?.places.some((place) => places.includes(place))
  return design.tiers
    .filter(({ planCodes }) => !planCodes.every(isThere))
    .map(({ code }) => ({ tier: code, field: 'planCodes', problem: 'no-common-place' }))
}

/** Whether a design can be ordered: it holds together, and all that it names is on offer. */
export function isDesignWhole(design: Design, offer: DesignOffer): boolean {
  return tiersProblem(design.tiers) === null && designProblems(design, offer).length === 0
}

const Composed = z.object({ name: z.string(), tiers: z.array(AppTier).max(mostTiers) })
/** What a design was when it was ordered: what was built of it goes by this, whatever becomes of the design. */
export type Composed = z.infer<typeof Composed>

/** A design as an order kept it; null for an application that was made from a template. @throws on anything else: we wrote it. */
export function composedOf(kept: unknown): Composed | null {
  return kept === null ? null : Composed.parse(kept)
}

/** By what a design is ordered, in the place of a template's code: its public id, which no such code looks like. */
export function codeOfDesign(id: string): string {
  return toPublicId('app-design', id)
}

/** The id of the design that is ordered by a code; undefined for the code of a template. */
export function designOfCode(code: string): string | undefined {
  return fromPublicId('app-design', code)
}
