import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unseenRoutes } from './audited-run.mjs';

const journeys = readdirSync(fileURLToPath(new URL('../journeys/', import.meta.url)));

/**
 * After a run of all journeys: fails the run when a route that changes something was never seen writing to the audit.
 */
export default class AuditedReporter {
  onRunComplete(_contexts, { testResults, numFailedTests }) {
    const ran = new Set(testResults.map(({ testFilePath }) => basename(testFilePath)));
    if (numFailedTests > 0 || !journeys.every((journey) => ran.has(journey))) return;
    const unseen = unseenRoutes();
    if (unseen.length === 0) return;
    this.error = new Error(`No journey saw these routes change something and tell the audit:\n${unseen.join('\n')}`);
    // The runner turns the error into its exit code and prints nothing.
    process.stderr.write(`\n${this.error.message}\n`);
  }

  getLastError() {
    return this.error;
  }
}
