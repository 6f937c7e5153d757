import type { DemoPerson } from '#prisma/seed/people.ts'

export type Store = DemoPerson['seller']

/** What the browsers of each store's customers ask for. */
export const localeOf: Readonly<Record<Store, string>> = { meridian: 'de-DE', ahorn: 'de-AT', lakeside: 'de-CH', nakhla: 'ar-AE' }

export function storePort(): number {
  return Number(process.env.LIVERY_E2E_PORT)
}

/** Where a store answers in this run. */
export function originOf(store: string): string {
  return `http://${store}.localhost:${storePort()}`
}

/** The billed month, `YYYY-MM`. */
export function billedMonth(): string {
  return process.env.LIVERY_E2E_MONTH ?? ''
}

/** The data folder of the product under test. */
export function dataFolder(): string {
  return process.env.LIVERY_E2E_FOLDER ?? ''
}
