import type { FirewallRule } from '#app/domain/cloud/firewall.ts'
import type { ServerSize, ServerSpec } from '#app/ports/cloud-driver.ts'
import { type Story, storyFiles } from './story-file.ts'

export type ServerEvent =
  | { readonly at: string; readonly action: 'start' | 'stop' | 'reboot' | 'destroy' }
  | { readonly at: string; readonly action: 'resize'; readonly size: ServerSize }
  | { readonly at: string; readonly action: 'rebuild'; readonly image: string }
  | { readonly at: string; readonly action: 'restore'; readonly backup: string }
  | { readonly at: string; readonly action: 'firewall'; readonly rules: readonly FirewallRule[] }
  | { readonly at: string; readonly action: 'reverse-name'; readonly name: string | null }
export type ServerBeginning = {
  readonly ref: string
  readonly spec: ServerSpec
  readonly createdAt: string
  readonly readyAt: string
  readonly address?: string
  readonly fault?: string
}
export type ServerStory = Story<ServerBeginning, ServerEvent>

/** The servers of the simulated cloud. */
export function serverFiles(directory: string) {
  return storyFiles<ServerBeginning, ServerEvent>(directory)
}
