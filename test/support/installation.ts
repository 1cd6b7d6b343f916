/** A whole installation with a cluster of its own and the settings of production, for what is about files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from '../../src/install.js';
import { holdInstallation, type Installation } from '../../src/platform/installation.js';
import { standingClock, STOCKHOLM } from './database.js';

export interface OwnInstallation {
  readonly installation: Installation;
  readonly dataDir: string;
  /** Stops the server and removes every file. */
  readonly remove: () => Promise<void>;
}

/** Installed on 1 October 2026. */
export async function ownInstallation(): Promise<OwnInstallation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-own-'));
  const installation = await holdInstallation({
    dataDir,
    secretFile: join(dataDir, 'secret'),
    keys: { path: join(dataDir, 'night'), named: false },
    databaseUrl: null,
    statisticsDatabaseUrl: null,
    credentialsFile: null,
    strict: false,
    host: '',
    port: 0,
    timeZone: STOCKHOLM,
  });
  await install(installation, standingClock('2026-10-01T10:00:00Z'));
  const remove = async () => {
    await installation.server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { installation, dataDir, remove };
}
