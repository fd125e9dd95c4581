import { createInterface } from 'node:readline/promises';
import type { EntityManager } from 'typeorm';
import { createApp } from '../app.js';
import { Config, publicAddress } from '../config/config.js';
import { Database } from '../database/database.js';
import { holdHouse, houseRow } from '../database/house-row.js';
import { House } from '../database/house.entity.js';
import { ServingLock } from '../database/engines/serving-lock.js';
import { claimServing } from '../database/engines/single-instance-lock.js';
import { passiveSentences } from '../jobs/house-copy.service.js';
import { Activation, type PassiveState } from '../people/system/activation.service.js';
import { systemActor } from '../people/access/actor.js';
import { AuditSeal } from '../people/audit/audit-seal.js';
import { Audit } from '../people/audit/audit.js';
import { setAddress } from '../playlists/house-address.js';
import { Clock, SystemClock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { localDateOf, localTimeOf, showDate } from '../shared/local-time.js';
import { print, printJson, remark } from './output.js';

const terminal = systemActor('dòng lệnh');

/**
 * Shows what will happen, asks for confirmation, and activates this copy of the installation. May run beside its
 * server, which sees it within a second.
 */
export async function activateCommand(options: { yes?: boolean; json?: boolean }): Promise<void> {
  const config = new Config();
  const app = await createApp(config, { quiet: true });
  try {
    await app.init();
    const activation = app.get(Activation);
    const passive = await activation.passive();
    if (options.json) return await printJson({ now: app.get(Clock).now(), passive });
    if (!passive) return remark('Hệ thống này đang hoạt động, không có gì để kích hoạt.');
    await print(activationText(passive, config.timeZone));
    if (!options.yes && !(await confirmed())) return remark('Chưa kích hoạt.');
    await activation.activate(terminal);
    remark('Đã kích hoạt. Bài đến hạn trong lúc chờ được tìm trên trang trước; không bài nào được tự đăng.');
  } finally {
    await app.close();
  }
}

/**
 * Prints the address, or sets another one. Throws `servers-running` and `already-served` (409), `bad-settings` (422).
 */
export async function addressCommand(text: string | undefined): Promise<void> {
  if (text === undefined) {
    await withDatabase(async (database) => {
      await print(`${(await houseRow(database.read())).address ?? 'chưa có (chưa khởi động lần nào)'}\n`);
    });
    return;
  }
  const address = publicAddress(text);
  await whileNobodyServes(async (tx, audit) => {
    const before = await setAddress(tx, address);
    const { id: entityId } = await houseRow(tx);
    const change = { before: { address: before }, after: { address } };
    await audit.record(tx, terminal, { action: 'house.address-changed', entity: 'house', entityId, ...change });
  });
  remark(`Địa chỉ của hệ thống nay là ${address}. Đặt LOA_PUBLIC_URL=${address} trên mọi máy chủ rồi khởi động lại.`);
}

/** The next start accepts the keys in the data folder and creates the missing ones. */
export async function acceptKeysCommand(): Promise<void> {
  await whileNobodyServes(async (tx, audit) => {
    const { id, keys } = await holdHouse(tx);
    await tx.update(House, { id }, { keys: {} });
    const after = { forgotten: Object.keys(keys).sort() };
    await audit.record(tx, terminal, { action: 'house.keys-accepted', entity: 'house', entityId: id, after });
  });
  remark(
    'Lần khởi động tới sẽ dùng các khóa trong thư mục dữ liệu này. Trạm phải nhận khóa mới; mã xác thực trên điện thoại phải cài lại nếu khóa secrets.key đã đổi.',
  );
}

async function whileNobodyServes(work: (tx: EntityManager, audit: Audit) => Promise<void>): Promise<void> {
  const config = new Config();
  const release = claimServing(config);
  const lock = new ServingLock(config);
  try {
    await withDatabase(async (database) => {
      const seal = new AuditSeal(config);
      await seal.open();
      const audit = new Audit(new SystemClock(), database, seal);
      await lock.start(async (others) => {
        if (others) throw serversRunning();
        await database.write((tx) => work(tx, audit));
      });
    }, config);
  } finally {
    await lock.end();
    release();
  }
}

async function withDatabase(work: (database: Database) => Promise<void>, config = new Config()): Promise<void> {
  const database = new Database(config);
  try {
    await database.open();
    await work(database);
  } finally {
    await database.close();
  }
}

function activationText({ reason, since, backupAt, counts }: PassiveState, zone: string): string {
  const at = (ms: number) => `${localTimeOf(ms, zone)} ngày ${showDate(localDateOf(ms, zone))}`;
  const lines = [
    passiveSentences[reason].vi,
    `Từ: ${at(since)}${backupAt === null ? '' : `. Bản sao lưu viết lúc: ${at(backupAt)}`}`,
    'Khi kích hoạt:',
    `  ${counts.postsToLookUp} bài đến hạn được tìm trên fanpage: có rồi thì ghi nhận, không có thì chờ người quyết định`,
    `  ${counts.postsByHand} bài đăng tay đến hạn, xin người phụ trách xem lại`,
    `  ${counts.slotsToSettle} lượt phát đã qua chờ kết luận`,
    `  ${counts.playlistDays} danh sách phát (hôm nay và hai ngày tới) được gửi cho trạm`,
    'Nếu một bản khác của hệ thống còn chạy, hãy dừng nó trước.',
  ];
  return `${lines.join('\n')}\n`;
}

/** A script passes `--yes`; without a terminal there is no question and nothing changes. */
async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new DomainError('invalid', 'needs-yes', {
      vi: 'Cần xác nhận: chạy ở màn hình dòng lệnh, hoặc thêm --yes.',
      en: 'Run it at a terminal, or add --yes.',
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(có|co|yes|y)$/i.test((await lines.question('Gõ "có" để kích hoạt: ')).trim().normalize('NFC'));
  } finally {
    lines.close();
  }
}

function serversRunning(): DomainError {
  return new DomainError('conflict', 'servers-running', {
    vi: 'Còn máy chủ Loa đang chạy trên cơ sở dữ liệu này. Hãy dừng mọi máy chủ rồi chạy lại lệnh.',
    en: 'A server runs on this database. Stop every server first.',
  });
}
