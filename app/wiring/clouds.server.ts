import { join } from 'node:path'
import { cloudStackUsage } from '#app/adapters/clouds/cloudstack/usage-source.ts'
import { cloudSimulator } from '#app/adapters/clouds/simulator/simulator.ts'
import { clock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { openSecret } from '#app/config/secret-box.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudDriver, UsageSource } from '#app/ports/cloud-driver.ts'
import type { CloudPorts, ConnectedCloud } from '#app/services/clouds/cloud-ports.ts'

/** What a sealed cloud secret is bound to: the row it belongs to. */
export function cloudSecretRow(connectionId: string): string {
  return `cloud_connections/${connectionId}`
}

/** Reaches the clouds that connections name. */
export const cloudPorts: CloudPorts = { usageOf, driverFor }

function usageOf(connection: ConnectedCloud): UsageSource {
  if (connection.adapter === 'simulator') return simulatorOf(connection)
  invariant(connection.adapter === 'cloudstack', `a connection by ${connection.adapter} has no metering of its own`)
  const { id, endpoint, apiKey, secretCiphertext } = connection
  invariant(apiKey && secretCiphertext, `cloud connection ${id} has no credentials`)
  return cloudStackUsage({ cloud: id, endpoint, apiKey, secretKey: openSecret(secretCiphertext, cloudSecretRow(id)) }, { clock })
}

function driverFor(connection: ConnectedCloud): CloudDriver {
  invariant(connection.adapter === 'simulator', `a connection by ${connection.adapter} cannot run servers`)
  return simulatorOf(connection)
}

/** Every process with the same data folder sees the same simulated cloud. */
function simulatorOf(connection: ConnectedCloud): CloudDriver {
  return cloudSimulator({ clock, dataDirectory: join(environment().LIVERY_DATA_DIR, 'simulator', connection.id) })
}
