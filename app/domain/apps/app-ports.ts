import { z } from 'zod'

/** Something that is ordered and may bring an app along: its product's kind and spec. */
export type AppSource = { readonly kind: string; readonly spec: unknown }

const Port = z.number().int().min(1).max(65_535)
const AppSpec = z.object({ port: Port.optional() })
const ImagesSpec = z.object({ images: z.array(z.object({ code: z.string(), port: Port.optional() })).default([]) })

/**
 * The ports of TCP at which the apps of a server answer once they are ready, each once and rising: of the image it is built from, and of
 * the apps that are ordered with it. Apps that declare none are not called.
 */
export function appPortsOf(sources: readonly AppSource[], imageCode: string | undefined): number[] {
  const ports = sources.flatMap(({ kind, spec }) => {
    if (kind === 'app') return AppSpec.safeParse(spec).data?.port ?? []
    if (kind !== 'plan') return []
    return ImagesSpec.safeParse(spec).data?.images.find(({ code }) => code === imageCode)?.port ?? []
  })
  return [...new Set(ports)].toSorted((one, other) => one - other)
}
