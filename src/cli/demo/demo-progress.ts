/** Times every step and reports progress at the terminal, also during a long step. */
export class DemoProgress {
  readonly seconds: Record<string, number> = {};
  private readonly tty = process.stderr.isTTY;

  constructor(private readonly quiet: boolean) {}

  async step<T>(name: string, title: string, work: (report: (text: string) => void) => Promise<T>): Promise<T> {
    const start = performance.now();
    let last = '';
    let reportedAt = start;
    const report = (text: string) => {
      // A terminal overwrites its line; a log gets at most one line every two seconds.
      if (this.quiet || text === last || (!this.tty && performance.now() - reportedAt < 2000)) return;
      last = text;
      reportedAt = performance.now();
      process.stderr.write(this.tty ? `\r\x1b[K• ${title}: ${text}` : `  ${text}\n`);
    };
    if (!this.quiet) process.stderr.write(this.tty ? `• ${title}…` : `• ${title}…\n`);
    const result = await work(report);
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    this.seconds[name] = seconds;
    if (!this.quiet)
      process.stderr.write(`${this.tty ? '\r\x1b[K' : ''}✓ ${title} (${seconds.toLocaleString('vi-VN')} giây)\n`);
    return result;
  }
}
