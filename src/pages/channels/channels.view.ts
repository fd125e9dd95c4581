import { type ChannelKind, channelKindNames, channelKinds, isLoudspeaker } from '../../shared/channel-kind.js';
import type { Instant } from '../../shared/clock.js';
import { finder } from '../../shared/fold.js';
import { profilesOf } from '../../channels/channels.dto.js';
import { type Channel, type ChannelState, channelStateOf } from '../../channels/entities/channel.entity.js';
import { type SoundProfile, soundProfiles } from '../../channels/entities/sound-profile.js';
import type { PolicyPreset } from '../../channels/rules.dto.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { moment, translate } from '../language/language.js';
import type { Tone } from '../language/words.js';
import { parseHours } from '../law/law.view.js';

export const channelStateNames: Record<ChannelState, string> = {
  open: 'đang hoạt động',
  paused: 'tạm dừng',
  retired: 'đã ngừng sử dụng',
};
const tones: Record<ChannelState, Tone> = { open: 'good', paused: 'warn', retired: 'off' };

export const profileNames: Record<SoundProfile, string> = {
  horn: 'loa nén ngoài trời',
  fm: 'phát sóng FM đến các cụm loa',
  web: 'nghe trên mạng',
  none: 'không có âm thanh',
};

/** The fields of the form of a new channel. */
export interface ChannelForm {
  name: string;
  kind: ChannelKind;
  unit: string;
  profile: SoundProfile | '';
  /** '05:00-21:00'. */
  permitted: string;
  morning: string;
  morningMinutes: string;
  evening: string;
  eveningMinutes: string;
  /** The preset of the law; '' keeps the law that was chosen for the place. */
  preset: string;
}

export const emptyChannel: ChannelForm = {
  name: '',
  kind: 'ward-loudspeaker',
  unit: '',
  profile: '',
  permitted: '05:00-21:00',
  morning: '',
  morningMinutes: '',
  evening: '',
  eveningMinutes: '',
  preset: '',
};

const byName = new Intl.Collator('vi');

export function channelFormOf(
  channel: Channel,
  units: readonly Unit[],
): Pick<ChannelForm, 'name' | 'kind' | 'unit' | 'profile'> {
  const { name, kind, profile } = channel;
  return { name, kind, unit: units.find(({ id }) => id === channel.unitId)?.code ?? '', profile };
}

export function channelFormView(form: ChannelForm, units: readonly Unit[], presets: readonly PolicyPreset[]) {
  const possible = form.profile === '' ? soundProfiles : profilesOf(form.kind);
  return {
    ...form,
    isLoudspeaker: isLoudspeaker(form.kind),
    kinds: channelKinds.map((kind) => ({
      kind,
      name: translate(channelKindNames[kind]),
      chosen: kind === form.kind,
    })),
    units: units
      .filter(({ active, code }) => active || code === form.unit)
      .sort((a, b) => byName.compare(a.name, b.name))
      .map(({ code, name }) => ({ code, name, chosen: code === form.unit })),
    profiles: possible.map((profile) => ({
      profile,
      name: translate(profileNames[profile]),
      chosen: profile === form.profile,
    })),
    presets: presets.map(({ code, name, source }) => ({ code, name, source, chosen: code === form.preset })),
  };
}

/** The form as the schema of a channel reads it; a session without a start is left out. */
export function parseChannelForm(form: ChannelForm) {
  const sessions = [
    { name: 'Buổi sáng', start: form.morning, minutes: form.morningMinutes },
    { name: 'Buổi chiều', start: form.evening, minutes: form.eveningMinutes },
  ].filter(({ start }) => start !== '');
  const speaks = isLoudspeaker(form.kind);
  return {
    kind: form.kind,
    ...parseChannelChange(form),
    permitted: speaks ? parseHours(form.permitted) : [],
    windows: (speaks ? sessions : []).map(({ minutes, ...session }) => {
      return { ...session, minutes: Number(minutes), weekdays: [1, 2, 3, 4, 5, 6, 7] };
    }),
  };
}

export function parseChannelChange({
  name,
  unit,
  profile,
  preset,
}: Pick<ChannelForm, 'name' | 'unit' | 'profile' | 'preset'>) {
  return {
    name,
    unit,
    profile: profile === '' ? undefined : profile,
    law: preset === '' ? undefined : { preset },
  };
}

/** Channels in use first, each with its unit; the search also matches states and kinds. */
export function allChannelRows(channels: readonly Channel[], units: readonly Unit[], now: Instant, search: string) {
  const fits = finder(search);
  return channels
    .map((channel) => channelEntry(channel, units, now))
    .filter(({ name, code, unit, kind, state }) => fits(name, code, unit, kind, state))
    .sort((a, b) => Number(a.isRetired) - Number(b.isRetired) || byName.compare(a.name, b.name));
}

export function channelEntry(channel: Channel, units: readonly Unit[], now: Instant) {
  const { code, name, kind, unitId, profile } = channel;
  const state = channelStateOf(channel, now);
  return {
    code,
    name,
    kind: translate(channelKindNames[kind]),
    isLoudspeaker: isLoudspeaker(kind),
    unit: units.find(({ id }) => id === unitId)?.name ?? '',
    profile: translate(profileNames[profile]),
    state: translate(channelStateNames[state]),
    tone: tones[state],
    isRetired: state === 'retired',
    isPaused: state === 'paused',
    mayResume: state !== 'open' || channel.closures.some(({ start }) => start > now),
  };
}

/** Pauses and retirements, the latest first. */
export function closureRows({ closures, zone }: Channel, now: Instant) {
  return [...closures].reverse().map(({ start, end, retired, reason, by }) => ({
    from: moment(start, zone),
    until: end === null ? translate('chưa mở lại') : moment(end, zone),
    what: retired ? translate('ngừng sử dụng') : translate('tạm dừng'),
    isOver: end !== null && end <= now,
    reason,
    by,
  }));
}
