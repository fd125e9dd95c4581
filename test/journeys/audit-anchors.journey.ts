import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestText, readManifestText } from '../../src/cli/backup/backup-format.js';
import { Config } from '../../src/config/config.js';
import { AuditLog } from '../../src/people/audit/audit-log.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import { PlaylistKey } from '../../src/playlists/playlist-key.service.js';
import { CACHE_MS } from '../../src/playlists/playlists.service.js';
import { Player } from '../../src/stations/player/player.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, placed } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { runLoa } from '../support/serve-process.js';
import { loa, RowWriter, verified } from '../support/row-writer.js';

const DAY = '2026-11-25';

describe('an audit whose end was cut', () => {
  let house: House;
  let writer: RowWriter;
  let editor: Client;
  let clip: ApprovedClip;
  let dir: string;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'loa-anchors-'));
    house = await openHouse({ at: { date: '2026-11-24', time: '04:00' } });
    house.app.useLogger(false);
    writer = new RowWriter(house);
    editor = await house.person('editor');
    clip = await approvedClip(house);
  });
  afterEach(async () => {
    await house.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const lastRow = async () => (await house.app.get(AuditLog).verify()).head;
  const playlist = () => editor.get(`/api/channels/${BAC_HA}/playlists/${DAY}.json`);
  const health = async () => (await house.stranger().get('/health')).text;
  const kept = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };

  it('a playlist says where the audit ended, and has no other version because the audit goes on', async () => {
    await placed(editor, clip, at('05:40'));
    const before = await lastRow();
    const first = await playlist();
    expect(json<PlaylistDocument>(first)).toMatchObject({
      version: 1,
      audit: { sequence: before.seq, head: before.hash },
    });
    await house.person('editor');
    house.clock.advance(CACHE_MS);
    const again = await playlist();
    expect([again.text, again.headers.get('etag')]).toEqual([first.text, first.headers.get('etag')]);
    expect((await lastRow()).seq).toBeGreaterThan(before.seq);
  });

  it('is found with a playlist or a backup of before, whatever is mended in the database', async () => {
    await placed(editor, clip, at('05:40'));
    const { seq: early } = await lastRow();
    await house.person('operator', 'phuong-bac-ha');
    await placed(editor, clip, at('05:50'));
    const day = kept('day.json', (await playlist()).text);
    const backup = join(dir, 'backup');
    expect(await loa(house, ['backup', backup])).toMatchObject({ code: 0 });
    const manifest = join(backup, 'manifest.json');
    expect(await verified(house, '--anchor', day, backup)).toMatchObject({ code: 0, forged: [] });

    await writer.cutAudit(early);
    // Playlists of the installation itself contain the row too, until they are tampered with as well.
    expect((await verified(house)).forged).toMatchObject([{ kind: 'anchor' }]);
    await writer.sql(`UPDATE playlist SET audit_seq = NULL, audit_hash = NULL`);
    expect(await verified(house)).toMatchObject({ code: 0, broken: null, forged: [] });
    const told = await verified(house, '--anchor', day, manifest);
    expect(told).toMatchObject({ code: 1, broken: null, forged: [{ kind: 'anchor', id: day }, { id: manifest }] });
    expect(told.forged[0]?.message).toContain('phần cuối sổ bị cắt hoặc viết lại');

    // A forged manifest for the shorter audit bears no signature of ours.
    const { hash } = await writer.database.read().findOneByOrFail(AuditEntry, { seq: early });
    const written = JSON.parse(readFileSync(manifest, 'utf8')) as { audit: object };
    const shorter = kept('manifest.json', JSON.stringify({ ...written, audit: { seq: early, hash, rows: early } }));
    expect((await verified(house, '--anchor', shorter)).forged).toMatchObject([{ kind: 'anchor', id: shorter }]);
    const nothing = await loa(house, ['audit', 'verify', '--anchor', kept('x.json', '{}')]);
    expect([nothing.code, nothing.err]).toEqual([expect.any(Number), expect.stringContaining('không nói sổ nhật ký')]);
    expect(nothing.code).not.toBe(0);
  });

  it('a restored house goes on under its own seals; a backup of before there were any is sealed at its start', async () => {
    await placed(editor, clip, at('05:40'));
    const backup = join(dir, 'backup');
    expect(await loa(house, ['backup', backup])).toMatchObject({ code: 0 });
    const { mediaDir } = house.app.get(Config);
    const restored = async (name: string, from: string) => {
      const place = { dir: join(dir, name), env: { LOA_MEDIA_DIR: mediaDir } };
      const keys = join(dir, name, 'data', 'keys');
      mkdirSync(keys, { recursive: true });
      // An installation whose rows were sealed already takes the backup.
      writeFileSync(join(keys, 'audit.key'), 'ab'.repeat(32));
      expect(await runLoa(place, ['restore', from])).toMatchObject({ code: 0 });
      const told = await runLoa(place, ['audit', 'verify', '--json']);
      return { told: [told.code, (JSON.parse(told.out) as { ok: boolean }).ok], keys: readdirSync(keys) };
    };
    const whole = await restored('whole', backup);
    expect(whole).toEqual({ told: [0, true], keys: expect.arrayContaining(['audit.key']) as string[] });
    const manifest = join(backup, 'manifest.json');
    const { keys, ...rest } = readManifestText(readFileSync(manifest, 'utf8'));
    const others = keys.filter(({ name }) => name !== 'audit.key');
    writeFileSync(manifest, manifestText({ ...rest, keys: others }));
    const old = await restored('old', backup);
    expect(old.keys).toContain('audit.key.new');
    expect(old.keys).not.toContain('audit.key');
  });

  it('is told by a station, which remembers what signed playlists told it', async () => {
    await placed(editor, clip, at('05:40'));
    const { seq: early } = await lastRow();
    await house.person('operator', 'phuong-bac-ha');
    const enrolled = { channelCode: BAC_HA, name: 'Trạm chợ', simulated: true };
    const { id, token } = await house.app.get(Stations).enrol(systemActor('thử nghiệm'), enrolled);
    const options = { baseUrl: house.url, token, dir: join(dir, 'station'), clock: house.clock };
    const trusting = new Player({ ...options, dir: join(dir, 'trusting') });
    const signed = { ...options, publicKey: house.app.get(PlaylistKey).publicPem };
    const player = new Player(signed);
    const cut = () => writer.database.read().countBy(AuditEntry, { action: 'audit.cut', entityId: id });
    await trusting.pull([DAY]);
    await player.pull([DAY]);
    expect([await player.heartbeat(), await cut()]).toEqual([true, 0]);
    expect(await health()).toContain('"audit":{"word":"ok"');
    const body = readFileSync(join(dir, 'station', 'playlists', `${DAY}.json`), 'utf8') as string;
    const keptDay = kept('kept.json', body);
    expect(await verified(house, '--anchor', keptDay)).toMatchObject({ code: 0 });

    await writer.cutAudit(early);
    await writer.sql(`UPDATE playlist SET audit_seq = NULL, audit_hash = NULL`);
    // Without a key to check a playlist with, no row of it is believed.
    expect([await trusting.heartbeat(), await cut()]).toEqual([true, 0]);
    await player.close();
    const after = new Player(signed);
    expect([await after.heartbeat(), await after.heartbeat(), await cut()]).toEqual([true, true, 1]);
    expect(await health()).toContain('"audit":{"word":"cut"');
    expect((await verified(house, '--anchor', keptDay)).forged).toMatchObject([{ kind: 'anchor', id: keptDay }]);
    const foreign = JSON.parse(body) as { body: string };
    const other = kept(
      'other.json',
      JSON.stringify({ ...foreign, body: foreign.body.replace('"version":1', '"version":2') }),
    );
    expect((await verified(house, '--anchor', other)).forged[0]?.message).toContain('không phải của máy chủ này');
    await trusting.close();
    await after.close();
  });
});
