import { setMaxListeners } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '../../config/config.js';
import { PlaylistKey } from '../../playlists/playlist-key.service.js';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { type DemoSignIn, takeSignIns } from './demo-people.js';
import { type DemoStation, enrolStations, liveUntil } from './demo-stations.js';

const PORTS_TO_TRY = 10;
const ROUND_MS = 60_000;

/** The demo beside a running server takes the next port that is free. */
export async function demoConfig(): Promise<Config> {
  const config = Config.ofDemo();
  for (let port = config.port; port !== 0 && port < config.port + PORTS_TO_TRY; port++)
    if (await isFree(port, config.host)) return Config.ofDemo(port);
  return config;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Stations of the demo that play on while it is served: they poll, play, report and send heartbeats. */
export class DemoServing {
  private readonly over = new AbortController();
  private stations: DemoStation[] = [];

  constructor(private readonly app: NestFastifyApplication) {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('preClose', (done) => {
        this.over.abort();
        done();
      });
  }

  /** Plays what was due since the demo was made, then goes on in the background. */
  async start(url: string, config: Config): Promise<void> {
    const clock = this.app.get(Clock);
    const key = this.app.get(PlaylistKey).publicPem;
    this.stations = await enrolStations(this.app, url, key, join(config.dataDir, 'demo', 'stations'), clock);
    await liveUntil(this.stations, clock.now());
    // Each station waits on this signal, in its round and in its player.
    setMaxListeners(4 * this.stations.length, this.over.signal);
    for (const station of this.stations) void this.live(station, clock).catch(() => undefined);
  }

  private async live({ channel, player }: DemoStation, clock: Clock): Promise<void> {
    const { signal } = this.over;
    let playing: string | undefined;
    while (!signal.aborted) {
      const today = localDateOf(clock.now(), channel.zone);
      await player.pull([today, addDays(today, 1)]);
      if (playing !== today) {
        playing = today;
        const ended = () => (playing = undefined);
        void player.play(today, { signal }).then(ended, ended);
      }
      await player.report();
      await player.heartbeat();
      await clock.sleep(ROUND_MS, signal);
    }
  }
}

/** The sign-ins of the demo's people, at the first start only: afterwards they are nowhere in clear. */
export async function signInsOnce(config: Config, url: string): Promise<string> {
  return signInText(await takeSignIns(join(config.dataDir, 'demo')), url);
}

function signInText(signIns: readonly DemoSignIn[], url: string): string {
  if (signIns.length === 0) {
    return 'Mật khẩu của sáu người đã được in ở lần mở đầu tiên. Nếu không còn, hãy xóa và làm lại: npm run demo -- --remove';
  }
  const width = Math.max(...signIns.map(({ username }) => username.length));
  const rows = signIns.map(({ username, password, work }) => `    ${username.padEnd(width)}   ${password}   ${work}`);
  const phone = signIns.find(({ phoneKey }) => phoneKey);
  return [
    `\nSáu người của bản chạy thử, đăng nhập tại ${url}/dang-nhap (chỉ in một lần này):\n`,
    ...rows,
    ...(phone
      ? [`\n    Lãnh đạo duyệt bằng mã 6 số trên điện thoại. Nhập khóa này vào ứng dụng xác thực: ${phone.phoneKey}`]
      : []),
    '',
  ].join('\n');
}
