/** By what the charges of a period are put together; `what` is each thing with each of its prices. */
export const usageGroupings = ['what', 'day', 'resource', 'project', 'tag', 'product'] as const
export type UsageGrouping = (typeof usageGroupings)[number]
