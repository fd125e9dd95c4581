/**
 * Parses a document in the text format of Prometheus strictly: a line outside the format throws. prom-client writes
 * `Nan` where the format says `NaN`; Prometheus reads both.
 */
export function parsePrometheus(text: string) {
  const samples = new Map<string, number>();
  const types = new Map<string, string>();
  const key = (name: string, labels: Record<string, string>) =>
    `${name}${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (name) {
      if (types.has(name)) throw new Error(`two types of ${name}`);
      types.set(name, type);
    }
    if (line === '' || name || /^# HELP [a-zA-Z_:][\w:]* .+$/.test(line)) continue;
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (Na[Nn]|[+-]Inf|-?[\d.]+(?:e[+-]?\d+)?)$/.exec(line);
    if (!sample) throw new Error(`not a line of Prometheus: ${line}`);
    const [, metric = '', list = '', value = ''] = sample;
    const labels: Record<string, string> = {};
    const rest = list.replace(/([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/g, (_, label: string, told: string) => {
      labels[label] = told;
      return '';
    });
    if (rest) throw new Error(`not labels: ${list}`);
    const family = metric.replace(/_(bucket|sum|count)$/, '');
    if (!types.has(metric) && !types.has(family)) throw new Error(`no type: ${metric}`);
    if (samples.has(key(metric, labels))) throw new Error(`told twice: ${line}`);
    samples.set(key(metric, labels), Number(value.replace('Inf', 'Infinity')));
  }
  return { text, types, value: (name: string, labels: Record<string, string>) => samples.get(key(name, labels)) ?? 0 };
}
