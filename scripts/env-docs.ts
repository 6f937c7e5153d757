import { Settings, settingMeta, settingNames } from '#app/config/env.server.ts'
import { runMain } from '#app/config/run-main.server.ts'

/** Prints the table of environment variables in Markdown, from the schema that parses them. */
runMain(async () => {
  const defaults = Settings.parse({}) as Record<string, unknown>
  const rows = settingNames().map((name) => {
    const { description, secret } = settingMeta(name)
    const standard = defaults[name] === undefined ? '' : `\`${String(defaults[name])}\``
    return `| \`${name}\`${secret ? ` or \`${name}_FILE\`` : ''} | ${standard} | ${description} |`
  })
  process.stdout.write(`| variable | default | meaning |\n|---|---|---|\n${rows.join('\n')}\n`)
  return 0
})
