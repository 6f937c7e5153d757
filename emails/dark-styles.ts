import type { MailColours } from './mail-brand.ts'

/**
 * The rules that turn a mail dark in programs that ask for it. What stands on the elements themselves is the light look and stronger than a
 * rule, hence `!important`; programs that drop style sheets show the light look.
 */
export function darkStyles({ accent, accentFg, bg, surface, border, text, muted }: MailColours): string {
  const rules = [
    // The colours of the ground stand on its cell as well; those of the sheet, inside it, come after.
    `.ground,.ground td{background-color:${bg}!important;color:${text}!important}`,
    `.sheet,.sheet td{background-color:${surface}!important}`,
    `.sheet{border-color:${border}!important}`,
    `.words{color:${text}!important}`,
    `.muted{color:${muted}!important}`,
    `.link{color:${accent}!important}`,
    `.action{background-color:${accent}!important;color:${accentFg}!important}`,
    `.rule{border-top-color:${accent}!important}`,
    `.border{border-color:${border}!important}`,
    '.by-day{display:none!important}',
    '.by-night{display:block!important}',
  ]
  return `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${rules.join('')}}`
}
