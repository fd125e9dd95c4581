import createClient, { type Client } from 'openapi-fetch';
import type { FlowHouse, FlowResult, FlowSession, MainFlow } from '../support/main-flow.js';
// Generated from the document by test/journeys/typed-client.journey.ts, in memory.
import type { components, paths } from './api-types.js';

type Api = Client<paths>;
type Problem = components['schemas']['Error'];

const TODAY = '2026-11-24';
const WARD = 'truyen-thanh-phuong-bac-ha';

/** From the letter to the report, with the typed client only. */
export const mainFlow: MainFlow = async (house) => {
  const editor = await signIn(house);
  const approver = apiOf(house.url, house.approver);
  const admin = apiOf(house.url, house.admin);

  const letter = done(await editor.POST('/api/directives', { body: { text: house.letter } }));
  const directive = done(await editor.GET('/api/directives/{id}', { params: { path: { id: letter.id } } }));
  const obligation = directive.obligations.find(({ channelKind }) => channelKind === 'ward-loudspeaker');
  if (!obligation) throw new Error('the letter asks nothing of the wards');
  const campaign = done(
    await editor.POST('/api/campaigns', {
      body: { directiveId: letter.id, name: 'Đợt một', from: TODAY, until: '2026-12-31' },
    }),
  );
  const again = await editor.POST('/api/campaigns', {
    body: { directiveId: letter.id, name: 'Đợt một', from: TODAY, until: '2026-12-31' },
  });
  const refusal = again.error?.code ?? 'none';

  const { versionId } = done(
    await editor.POST('/api/scripts', {
      body: {
        campaignId: campaign.id,
        channelKind: 'ward-loudspeaker',
        title: 'Thông báo họp dân',
        text: 'Kính mời bà con đến nhà văn hóa tổ năm lúc bảy giờ tối mai.',
      },
    }),
  );
  done(await editor.POST('/api/versions/{versionId}/clips', { params: { path: { versionId } }, body: {} }));
  await house.drain();
  const [clip] = done(await editor.GET('/api/versions/{versionId}/clips', { params: { path: { versionId } } }));
  if (clip?.state !== 'ready') throw new Error(`the clip is ${clip?.state}: ${clip?.reason}`);
  done(await editor.POST('/api/versions/{id}/submit', { params: { path: { id: versionId } } }));

  const seen = done(await approver.GET('/api/approvals/{versionId}', { params: { path: { versionId } } }));
  if (!seen.mayDecide) throw new Error('the approver may not decide');
  const decision = { params: { path: { versionId } }, body: { contentHash: seen.contentHash, unheard: true } };
  done(await approver.POST('/api/approvals/{versionId}/approve', decision));

  const demand = { channelKind: 'ward-loudspeaker' as const, clipId: clip.id, obligationId: obligation.id };
  const plan = done(
    await editor.POST('/api/campaigns/{id}/plan', {
      params: { path: { id: campaign.id } },
      body: { demands: [{ ...demand, minPlaysPerDay: 1, maxPlaysPerDay: 2 }], from: TODAY, until: TODAY },
    }),
  );
  const { days } = done(
    await editor.GET('/api/channels/{code}/slots', { params: { path: { code: WARD }, query: { date: TODAY } } }),
  );
  const slots = days.flatMap((day) => day.slots).filter(({ state }) => state === 'planned');

  const enrolled = done(await admin.POST('/api/stations', { body: { channelCode: WARD, name: 'Trạm chợ' } }));
  const station = createClient<paths>({ baseUrl: house.url, headers: { authorization: `Bearer ${enrolled.token}` } });
  const playlist = done(await station.GET('/api/station/playlist', { params: { query: { date: TODAY } } }));
  house.evening();
  const events = playlist.items.flatMap((item, n) => {
    if (item.kind !== 'clip') return [];
    const startedAt = Date.parse(item.startsAt);
    const outcome = 'played' as const;
    return [
      {
        sequence: n + 1,
        slotId: item.slotId,
        sha256: item.sha256,
        startedAt,
        endedAt: startedAt + Math.round(item.durationMs),
        outcome,
      },
    ];
  });
  const receipt = done(await station.POST('/api/station/as-run', { body: { events } }));
  if (receipt.accepted !== slots.length) throw new Error(`${receipt.accepted} of ${slots.length} were taken`);
  await house.drain();

  const late = await signIn(house);
  const report = done(await late.GET('/api/directives/{id}/report', { params: { path: { id: letter.id } } }));
  const line = report.obligations.find(({ obligationId }) => obligationId === obligation.id);
  const unit = line?.units.find(({ channelCode }) => channelCode === WARD);
  if (plan.placedTotal < slots.length) throw new Error('more stands than was placed');
  return { directiveId: letter.id, slots: slots.length, aired: unit?.counts.aired ?? 0, refusal };
};

async function signIn({ url, editor }: FlowHouse): Promise<Api> {
  const answer = await createClient<paths>({ baseUrl: url }).POST('/api/session', { body: editor });
  const { csrfToken } = done(answer);
  const cookie = answer.response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return apiOf(url, { cookie, csrfToken });
}

function apiOf(baseUrl: string, { cookie, csrfToken }: FlowSession): Api {
  return createClient<paths>({ baseUrl, headers: { cookie, 'x-csrf-token': csrfToken } });
}

/** The data of a successful answer; throws on any error. */
function done<T>({ data, error, response }: { data?: T; error?: Problem; response: Response }): T {
  if (error !== undefined || (data === undefined && response.status !== 204)) {
    throw new Error(`${response.url} ${response.status} ${error?.code}: ${error?.messageEn}`);
  }
  return data as T;
}

export type { FlowResult };
