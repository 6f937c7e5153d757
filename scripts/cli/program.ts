import { Command, CommanderError } from 'commander'
import { accountAdd } from './account-add.ts'
import { bankStatementImport } from './bank-statement-import.ts'
import { billingRun } from './billing-run.ts'
import { exitCodes } from './command.ts'
import { doctor } from './doctor.ts'
import { domainVerify } from './domain-verify.ts'
import { exportAccounting } from './export-accounting.ts'
import { exportFocus } from './export-focus.ts'
import { importTariffs } from './import-quota-tariffs.ts'
import { invoiceExport } from './invoice-export.ts'
import { priceSimulate } from './price-simulate.ts'
import { secretsRotate } from './secrets-rotate.ts'
import { secretsStatus } from './secrets-status.ts'
import { tenantAdd } from './tenant-add.ts'
import { tenantImportBrand } from './tenant-import-brand.ts'
import { tenantList } from './tenant-list.ts'
import { usageImport } from './usage-import.ts'
import { userCreate } from './user-create.ts'
import { userReset } from './user-reset.ts'
import { webhookReplay } from './webhook-replay.ts'

/** Where the words go. */
export type Output = { readonly out: (text: string) => unknown; readonly problem: (text: string) => unknown }

const livery = group('livery', 'Sell the cloud under your own flag', [
  group('tenant', 'sellers: the provider and its resellers', [tenantAdd, tenantList, tenantImportBrand]),
  group('account', 'buyers of a tenant', [accountAdd]),
  group('user', 'people who sign in', [userCreate, userReset]),
  group('usage', 'what clouds metered', [usageImport]),
  group('import', 'files from outside', [bankStatementImport, importTariffs]),
  group('domain', 'hosts that stores answer at', [domainVerify]),
  group('billing', 'runs that close a period', [billingRun]),
  group('invoice', 'documents of a seller', [invoiceExport]),
  group('export', 'files for other programs', [exportFocus, exportAccounting]),
  group('webhook', 'events told to other programs', [webhookReplay]),
  group('price', 'plans and what they charge', [priceSimulate]),
  group('secrets', 'keys that secrets and fields are sealed with', [secretsRotate, secretsStatus]),
  doctor,
])

/** Runs one command line (`words` without the program's name) and returns its exit code. @throws ConfigurationError for exit 78. */
export async function runLivery(words: readonly string[], output: Output): Promise<number> {
  prepare(livery, output)
  try {
    await livery.parseAsync(words, { from: 'user' })
    return exitCodes.done
  } catch (failure) {
    if (!(failure instanceof CommanderError)) throw failure
    if (failure.code === 'livery.wrong-use') output.problem(`${failure.message}\n`)
    if (failure.code === 'livery.answered') return failure.exitCode
    return failure.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse
  }
}

function group(name: string, description: string, commands: readonly Command[]): Command {
  const made = new Command(name).description(description)
  for (const command of commands) made.addCommand(command)
  return made
}

// Every level answers a mistake by throwing, so that one place decides the exit code.
function prepare(command: Command, output: Output): void {
  command.exitOverride().showHelpAfterError('(add --help for what the command takes)')
  command.configureOutput({ writeOut: output.out, writeErr: output.problem })
  for (const below of command.commands) prepare(below, output)
}
