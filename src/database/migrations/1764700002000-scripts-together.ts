import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Demand {
  id: string;
  campaign_id: string;
  key: string;
  request: string;
  asked_at: string | number;
}

/**
 * Two scripts of one obligation both play: the key of a demand names its script. `since`: when a demand was first asked;
 * of an older demand only its last request is known, so it is at most the moment of the campaign's first slot.
 */
export class ScriptsTogether1764700002000 implements MigrationInterface {
  name = 'ScriptsTogether1764700002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaign_demand ADD COLUMN since bigint NOT NULL DEFAULT 0');
    await runner.query(
      `UPDATE campaign_demand SET since = COALESCE(
         (SELECT MIN(slot.created_at) FROM slot
           WHERE slot.campaign_id = campaign_demand.campaign_id AND slot.created_at < campaign_demand.asked_at),
         asked_at)`,
    );
    for (const row of (await runner.query('SELECT id, campaign_id, key, request FROM campaign_demand')) as Demand[]) {
      const { obligationId, clipId } = JSON.parse(row.request) as { obligationId?: string; clipId: string };
      if (obligationId === undefined) continue;
      const [script] = (await runner.query(
        `SELECT version.script_id AS id FROM clip JOIN script_version version ON version.id = clip.script_version_id
          WHERE clip.id = '${clipId}'`,
      )) as { id: string }[];
      const channels = row.key.slice(row.key.indexOf('|') + 1);
      const key = `${obligationId}|${script?.id ?? clipId}|${channels}`;
      await runner.query(`UPDATE campaign_demand SET key = '${key}' WHERE id = '${row.id}'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaign_demand DROP COLUMN since');
  }
}
