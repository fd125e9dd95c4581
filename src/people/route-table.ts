import type { Role } from './role.js';

/**
 * Who is let in. `public`: everybody. `by-key`: people, and whoever has the key of a playlist. `station`: a device with a
 * token that is not revoked. A list: people who hold one of the roles.
 */
export type Who = 'public' | 'by-key' | 'signed-in' | 'station' | readonly Role[];

/**
 * What of a ward is behind it. `none`: nothing. `city`: things of all wards, for all who are let in. `ward`: the same, but an
 * operator (and a station) gets those of the own ward, and another ward's answers exactly like one that does not exist.
 * `part`: a thing of all wards, of which an operator sees the part of the own ward.
 */
export type Scope = 'none' | 'city' | 'ward' | 'part';

/** What a part of an address names; the test of this table has one of each. */
export type Named =
  | 'account'
  | 'asset'
  | 'campaign'
  | 'channel'
  | 'clip'
  | 'clip-file'
  | 'day'
  | 'decision'
  | 'directive'
  | 'holiday'
  | 'obligation'
  | 'lexicon-entry'
  | 'make-good'
  | 'plan-change'
  | 'playlist'
  | 'policy'
  | 'post'
  | 'script'
  | 'slot'
  | 'station'
  | 'template'
  | 'unit-kind'
  | 'version'
  | 'ward-decision'
  | 'ward'
  | 'website'
  | 'window';

export type RouteRow = readonly [route: string, who: Who, scope: Scope, names?: Readonly<Record<string, Named>>];

/** Everybody but the operators of wards. */
const theCity: Who = ['editor', 'approver', 'page-admin', 'official', 'admin'];
const planReaders: Who = ['editor', 'approver', 'official', 'admin'];
const makeGood: Who = ['editor', 'approver', 'operator', 'admin'];
const callReaders: Who = ['editor', 'approver', 'operator', 'admin'];
const clipReaders: Who = ['editor', 'approver', 'admin'];
const officials: Who = ['official', 'editor', 'approver', 'admin'];
const lexiconKeepers: Who = ['editor', 'operator', 'admin'];
const progressReaders: Who = ['official', 'approver', 'editor', 'admin', 'operator'];
const weekReaders: Who = ['editor', 'approver', 'operator', 'official', 'admin'];

/**
 * Roles × routes × wards: every route of the application, once, in the order of its address. What lets people in are the
 * words at the routes themselves; this table says what they should be, and test/journeys/access.journey.ts knocks at every
 * route of the running application as everybody and compares. A route without a row fails there. How to add one: README of
 * http/.
 */
// prettier-ignore
export const routeTable: readonly RouteRow[] = [
  ['GET /', 'signed-in', 'none'],
  ['GET /api/accounts', ['admin'], 'city'],
  ['POST /api/accounts', ['admin'], 'city'],
  ['DELETE /api/accounts/:id', ['admin'], 'city', { id: 'account' }],
  ['POST /api/accounts/:id/enable', ['admin'], 'city', { id: 'account' }],
  ['PUT /api/accounts/:id/grants', ['admin'], 'city', { id: 'account' }],
  ['PUT /api/accounts/:id/password', ['admin'], 'city', { id: 'account' }],
  ['DELETE /api/accounts/:id/second-factor', ['admin'], 'city', { id: 'account' }],
  ['GET /api/approvals', ['approver'], 'city'],
  ['GET /api/approvals/:versionId', ['approver'], 'city', { versionId: 'version' }],
  ['POST /api/approvals/:versionId/approve', ['approver'], 'city', { versionId: 'version' }],
  ['POST /api/approvals/:versionId/return', ['approver'], 'city', { versionId: 'version' }],
  ['GET /api/audit', ['admin'], 'city'],
  ['GET /api/audit.csv', ['admin'], 'city'],
  ['GET /api/board', 'signed-in', 'ward'],
  ['GET /api/campaigns', theCity, 'city'],
  ['POST /api/campaigns', ['editor'], 'city'],
  ['GET /api/campaigns/:id', theCity, 'city', { id: 'campaign' }],
  ['POST /api/campaigns/:id/extend', ['editor'], 'city', { id: 'campaign' }],
  ['POST /api/campaigns/:id/facts', ['editor', 'official'], 'city', { id: 'campaign' }],
  ['PUT /api/campaigns/:id/make-good', ['editor'], 'city', { id: 'campaign' }],
  ['POST /api/campaigns/:id/plan', ['editor'], 'city', { id: 'campaign' }],
  ['GET /api/channels', 'signed-in', 'ward'],
  ['GET /api/channels/:code', 'signed-in', 'ward', { code: 'channel' }],
  ['GET /api/channels/:code/calendar', 'signed-in', 'ward', { code: 'channel' }],
  ['GET /api/channels/:code/calendar.ics', 'signed-in', 'ward', { code: 'channel' }],
  ['PUT /api/channels/:code/hours', ['admin'], 'city', { code: 'channel' }],
  ['GET /api/channels/:code/overrides', 'signed-in', 'ward', { code: 'channel' }],
  ['GET /api/channels/:code/conflicts', 'signed-in', 'ward', { code: 'channel' }],
  ['GET /api/channels/:code/playlists/:file', 'signed-in', 'ward', { code: 'channel', file: 'playlist' }],
  ['GET /api/channels/:code/slots', 'signed-in', 'ward', { code: 'channel' }],
  ['GET /api/channels/:code/windows', 'signed-in', 'ward', { code: 'channel' }],
  ['POST /api/channels/:code/windows', ['admin'], 'city', { code: 'channel' }],
  ['PUT /api/channels/:code/windows/:windowId', ['admin'], 'city', { code: 'channel', windowId: 'window' }],
  ['DELETE /api/channels/:code/windows/:windowId', ['admin'], 'city', { code: 'channel', windowId: 'window' }],
  ['PUT /api/channels/:code/windows/:windowId/overrides/:date', ['editor', 'admin'], 'city', { code: 'channel', windowId: 'window', date: 'day' }],
  ['DELETE /api/channels/:code/windows/:windowId/overrides/:date', ['editor', 'admin'], 'city', { code: 'channel', windowId: 'window', date: 'day' }],
  ['POST /api/channels/:code/windows/:windowId/overrides/:date/undo', ['editor', 'admin'], 'city', { code: 'channel', windowId: 'window', date: 'day' }],
  ['GET /api/clips/:file', 'by-key', 'ward', { file: 'clip-file' }],
  ['GET /api/directives', theCity, 'city'],
  ['POST /api/directives', ['editor', 'official'], 'city'],
  ['GET /api/directives/:id', theCity, 'city', { id: 'directive' }],
  ['GET /api/directives/:id/progress', progressReaders, 'part', { id: 'directive' }],
  ['GET /api/directives/:id/progress.csv', progressReaders, 'part', { id: 'directive' }],
  ['GET /api/directives/:id/progress.docx', progressReaders, 'part', { id: 'directive' }],
  ['GET /api/directives/:id/progress.xlsx', progressReaders, 'part', { id: 'directive' }],
  ['GET /api/directives/:id/progress/:obligationId/:unitCode', progressReaders, 'ward', { id: 'directive', obligationId: 'obligation', unitCode: 'ward' }],
  ['GET /api/directives/:id/report', officials, 'city', { id: 'directive' }],
  ['GET /api/directives/:id/report.csv', officials, 'city', { id: 'directive' }],
  ['POST /api/directives/preview', ['editor', 'official'], 'none'],
  ['GET /api/fanpage/heartbeat', ['page-admin', 'editor'], 'none'],
  ['POST /api/fanpage/:channelCode/pause', ['page-admin'], 'city', { channelCode: 'channel' }],
  ['POST /api/fanpage/:channelCode/resume', ['page-admin'], 'city', { channelCode: 'channel' }],
  ['GET /api/docs', 'public', 'none'],
  ['GET /api/docs-json', 'public', 'none'],
  ['GET /api/docs-yaml', 'public', 'none'],
  ['GET /api/docs/', 'public', 'none'],
  ['GET /api/docs/*', 'public', 'none'],
  ['GET /api/docs/LICENSE', 'public', 'none'],
  ['GET /api/docs/docs/*', 'public', 'none'],
  ['GET /api/docs/docs/swagger-ui-init.js', 'public', 'none'],
  ['GET /api/docs/index.html', 'public', 'none'],
  ['GET /api/docs/swagger-ui-init.js', 'public', 'none'],
  ['GET /api/holidays', 'signed-in', 'none'],
  ['POST /api/holidays', ['admin'], 'city'],
  ['PUT /api/holidays/:id', ['admin'], 'city', { id: 'holiday' }],
  ['DELETE /api/holidays/:id', ['admin'], 'city', { id: 'holiday' }],
  ['POST /api/holidays/import', ['admin'], 'city'],
  ['GET /api/lexicon', 'signed-in', 'ward'],
  ['POST /api/lexicon', 'signed-in', 'ward'],
  ['PUT /api/lexicon/:id', 'signed-in', 'ward', { id: 'lexicon-entry' }],
  ['DELETE /api/lexicon/:id', 'signed-in', 'ward', { id: 'lexicon-entry' }],
  ['POST /api/lexicon/:id/restore', 'signed-in', 'ward', { id: 'lexicon-entry' }],
  ['GET /api/make-goods', 'signed-in', 'ward'],
  ['POST /api/make-goods/:id/accept', makeGood, 'ward', { id: 'make-good' }],
  ['POST /api/make-goods/:id/dismiss', makeGood, 'ward', { id: 'make-good' }],
  ['GET /api/plan-changes', planReaders, 'city'],
  ['GET /api/plan-changes/:id', planReaders, 'city', { id: 'plan-change' }],
  ['POST /api/plan-changes/:id/seen', planReaders, 'city', { id: 'plan-change' }],
  ['GET /api/playlist-key', 'public', 'none'],
  ['GET /api/policies', 'signed-in', 'none'],
  ['DELETE /api/policies/:id', ['admin'], 'city', { id: 'policy' }],
  ['PUT /api/policies/:unitKind', ['admin'], 'city', { unitKind: 'unit-kind' }],
  ['POST /api/policies/:unitKind/preset', ['admin'], 'city', { unitKind: 'unit-kind' }],
  ['GET /api/posts', ['editor', 'page-admin'], 'city'],
  ['POST /api/posts', ['editor', 'page-admin'], 'city'],
  ['GET /api/posts/:id', ['editor', 'page-admin'], 'city', { id: 'post' }],
  ['POST /api/posts/:id/cancel', ['page-admin'], 'city', { id: 'post' }],
  ['GET /api/posts/:id/image', ['page-admin', 'editor'], 'city', { id: 'post' }],
  ['PUT /api/posts/:id/image', ['page-admin'], 'city', { id: 'post' }],
  ['DELETE /api/posts/:id/image', ['page-admin'], 'city', { id: 'post' }],
  ['POST /api/posts/:id/lookup', ['page-admin'], 'city', { id: 'post' }],
  ['POST /api/posts/:id/permalink', ['page-admin'], 'city', { id: 'post' }],
  ['POST /api/posts/:id/retry', ['page-admin'], 'city', { id: 'post' }],
  ['POST /api/reading', 'signed-in', 'none'],
  ['POST /api/schedule/replan', ['editor'], 'city'],
  ['GET /api/schedule/shortfalls', planReaders, 'city'],
  ['GET /api/scripts', 'signed-in', 'ward'],
  ['POST /api/scripts', ['editor'], 'city'],
  ['GET /api/scripts/:id', 'signed-in', 'ward', { id: 'script' }],
  ['POST /api/scripts/:id/versions', ['editor'], 'city', { id: 'script' }],
  ['GET /api/session-frames', planReaders, 'city'],
  ['PUT /api/session-frames', ['editor', 'admin'], 'city'],
  ['GET /api/session', 'signed-in', 'none'],
  ['POST /api/session', 'public', 'none'],
  ['DELETE /api/session', 'signed-in', 'none'],
  ['GET /api/session/all', 'signed-in', 'none'],
  ['DELETE /api/session/all', 'signed-in', 'none'],
  ['DELETE /api/session/all/:id', 'signed-in', 'none', { id: 'account' }],
  ['POST /api/session/code', 'signed-in', 'none'],
  ['POST /api/session/recovery-codes', 'signed-in', 'none'],
  ['GET /api/session/second-factor', 'signed-in', 'none'],
  ['POST /api/session/second-factor', 'signed-in', 'none'],
  ['POST /api/session/second-factor/finish', 'signed-in', 'none'],
  ['POST /api/setup', 'public', 'none'],
  ['POST /api/slots', ['editor', 'approver'], 'city'],
  ['GET /api/slots/:id', 'signed-in', 'ward', { id: 'slot' }],
  ['PATCH /api/slots/:id', ['editor'], 'city', { id: 'slot' }],
  ['POST /api/slots/:id/cancel', ['editor', 'approver'], 'city', { id: 'slot' }],
  ['GET /api/slots/:id/explanation', 'signed-in', 'ward', { id: 'slot' }],
  ['POST /api/slots/:id/move', ['editor'], 'city', { id: 'slot' }],
  ['GET /api/slots/:id/proof', 'signed-in', 'ward', { id: 'slot' }],
  ['POST /api/slots/:id/tick', ['operator'], 'ward', { id: 'slot' }],
  ['POST /api/station/as-run', 'station', 'ward'],
  ['GET /api/speech/settings', 'signed-in', 'ward'],
  ['PUT /api/speech/settings', 'signed-in', 'ward'],
  ['GET /api/speech/voices', 'signed-in', 'none'],
  ['GET /api/station/clips/:file', 'station', 'ward', { file: 'clip-file' }],
  ['POST /api/station/heartbeat', 'station', 'ward'],
  ['GET /api/station/me', 'station', 'ward'],
  ['GET /api/station/playlist', 'station', 'ward'],
  ['GET /api/stations', 'signed-in', 'ward'],
  ['POST /api/stations', ['admin'], 'city'],
  ['DELETE /api/stations/:id', ['admin'], 'city', { id: 'station' }],
  ['POST /api/stations/:id/rotate', ['admin'], 'city', { id: 'station' }],
  ['GET /api/templates', theCity, 'none'],
  ['GET /api/units', 'signed-in', 'none'],
  ['GET /api/units/:unitCode/station-calls', callReaders, 'ward', { unitCode: 'ward' }],
  ['POST /api/units/:unitCode/station-calls', ['editor', 'operator', 'admin'], 'ward', { unitCode: 'ward' }],
  ['GET /api/versions/:id/reading', 'signed-in', 'ward', { id: 'version' }],
  ['POST /api/versions/:id/reading/decisions', ['editor'], 'city', { id: 'version' }],
  ['DELETE /api/versions/:id/reading/decisions/:decisionId', ['editor'], 'city', { id: 'version', decisionId: 'decision' }],
  ['POST /api/versions/:id/submit', ['editor'], 'city', { id: 'version' }],
  ['GET /api/versions/:versionId/clips', ['editor', 'approver', 'admin'], 'city', { versionId: 'version' }],
  ['POST /api/versions/:versionId/clips', ['editor'], 'city', { versionId: 'version' }],
  ['DELETE /api/versions/:versionId/clips/:clipId', ['editor'], 'city', { versionId: 'version', clipId: 'clip' }],
  ['GET /api/versions/:versionId/clips/:clipId/peaks', clipReaders, 'city', { versionId: 'version', clipId: 'clip' }],
  ['POST /api/versions/:versionId/clips/:clipId/retry', ['editor'], 'city', { versionId: 'version', clipId: 'clip' }],
  ['POST /api/versions/:versionId/clips/upload', ['editor'], 'city', { versionId: 'version' }],
  ['GET /api/ward-decisions', 'signed-in', 'ward'],
  ['POST /api/ward-decisions/:id/decide', makeGood, 'ward', { id: 'ward-decision' }],
  ['GET /bai', theCity, 'city'],
  ['GET /bai-dang', ['editor', 'page-admin'], 'city'],
  ['GET /bai-dang/nhip', ['editor', 'page-admin'], 'none'],
  ['GET /bai-dang/:id', ['editor', 'page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/kenh/:code/tam-dung', ['page-admin'], 'city', { code: 'channel' }],
  ['POST /bai-dang/kenh/:code/dang-tiep', ['page-admin'], 'city', { code: 'channel' }],
  ['POST /bai-dang/:id/anh', ['page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/:id/bo-anh', ['page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/:id/dang-lai', ['page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/:id/duong-dan', ['page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/:id/huy', ['page-admin'], 'city', { id: 'post' }],
  ['POST /bai-dang/:id/tim', ['page-admin'], 'city', { id: 'post' }],
  ['GET /bai/:id', theCity, 'city', { id: 'script' }],
  ['POST /bai/:id', ['editor'], 'city', { id: 'script' }],
  ['GET /bai/:id/ban-thu', theCity, 'city', { id: 'script' }],
  ['POST /bai/:id/ban-thu', ['editor'], 'city', { id: 'script' }],
  ['POST /bai/:id/ban-thu/dung', ['editor'], 'city', { id: 'script' }],
  ['GET /bai/:id/canh-nhau', theCity, 'city', { id: 'script' }],
  ['POST /bai/:id/dang', ['editor', 'page-admin'], 'city', { id: 'script' }],
  ['GET /bai/:id/doc', ['editor'], 'city', { id: 'script' }],
  ['POST /bai/:id/doc', ['editor'], 'city', { id: 'script' }],
  ['POST /bai/:id/doc-thu', ['editor'], 'city', { id: 'script' }],
  ['POST /bai/:id/doc/bo', ['editor'], 'city', { id: 'script' }],
  ['GET /bai/:id/so-sanh', theCity, 'city', { id: 'script' }],
  ['POST /bai/:id/trinh', ['editor'], 'city', { id: 'script' }],
  ['GET /bai/:id/xep-lich', ['editor'], 'city', { id: 'script' }],
  ['POST /bai/:id/xep-lich', ['editor'], 'city', { id: 'script' }],
  ['GET /bai/moi', ['editor'], 'city'],
  ['POST /bai/moi', ['editor'], 'city'],
  ['GET /ban-bien-tap', ['editor'], 'city'],
  ['GET /bao-cao', officials, 'city'],
  ['GET /bao-cao/:directiveId', officials, 'city', { directiveId: 'directive' }],
  ['GET /bao-mat', 'signed-in', 'none'],
  ['POST /bao-mat/dien-thoai', 'signed-in', 'none'],
  ['GET /bao-mat/dien-thoai', 'signed-in', 'none'],
  ['POST /bao-mat/dien-thoai/ma', 'signed-in', 'none'],
  ['POST /bao-mat/ma-khoi-phuc', 'signed-in', 'none'],
  ['POST /bao-mat/phien/:id/ket-thuc', 'signed-in', 'none', { id: 'account' }],
  ['POST /bao-mat/phien-khac/ket-thuc', 'signed-in', 'none'],
  ['GET /cai-dat', ['admin'], 'city'],
  ['GET /cong-van', officials, 'city'],
  ['GET /cong-van/:id', officials, 'city', { id: 'directive' }],
  ['POST /cong-van/:id/dot', ['editor'], 'city', { id: 'directive' }],
  ['GET /cong-van/moi', ['editor', 'official'], 'none'],
  ['POST /cong-van/moi', ['editor', 'official'], 'city'],
  ['GET /dang-nhap', 'public', 'none'],
  ['POST /dang-nhap', 'public', 'none'],
  ['POST /dang-xuat', 'signed-in', 'none'],
  ['GET /duyet', ['approver'], 'city'],
  ['GET /duyet/:versionId', ['approver'], 'city', { versionId: 'version' }],
  ['POST /duyet/:versionId', ['approver'], 'city', { versionId: 'version' }],
  ['GET /feeds/:code/feed.json', 'public', 'none', { code: 'website' }],
  ['GET /feeds/:code/rss.xml', 'public', 'none', { code: 'website' }],
  ['GET /feeds/clips/:file', 'public', 'none', { file: 'clip-file' }],
  ['POST /giao-dien', 'public', 'none'],
  ['GET /health', 'public', 'none'],
  ['GET /hom-nay', 'signed-in', 'ward'],
  ['POST /hom-nay/luot/:slotId', ['operator'], 'ward', { slotId: 'slot' }],
  ['GET /khong-co-viec', 'signed-in', 'none'],
  ['GET /lich', weekReaders, 'ward'],
  ['GET /lich/:code', weekReaders, 'ward', { code: 'channel' }],
  ['POST /lich/:code/huy', ['editor', 'approver'], 'city', { code: 'channel' }],
  ['GET /lich/:code/thang', weekReaders, 'ward', { code: 'channel' }],
  ['GET /lich/luot/:id', weekReaders, 'ward', { id: 'slot' }],
  ['POST /lich/luot/:id/doi', ['editor'], 'city', { id: 'slot' }],
  ['POST /lich/luot/:id/huy', ['editor', 'approver'], 'city', { id: 'slot' }],
  ['POST /lich/luot/:id/xem-truoc', ['editor'], 'city', { id: 'slot' }],
  ['POST /lich/phat-bu/:id/bo', makeGood, 'ward', { id: 'make-good' }],
  ['POST /lich/phat-bu/:id/nhan', makeGood, 'ward', { id: 'make-good' }],
  ['POST /lich/quyet-dinh/:id', makeGood, 'ward', { id: 'ward-decision' }],
  ['GET /lich/thay-doi/:id', planReaders, 'city', { id: 'plan-change' }],
  ['POST /lich/thay-doi/:id/da-xem', planReaders, 'city', { id: 'plan-change' }],
  ['GET /nhat-ky', ['admin'], 'city'],
  ['POST /nhat-ky/kiem-tra', ['admin'], 'city'],
  ['GET /ma-xac-thuc', 'signed-in', 'none'],
  ['POST /ma-xac-thuc', 'signed-in', 'none'],
  ['GET /mau-bai', ['admin'], 'city'],
  ['GET /mau-bai/:code', ['admin'], 'city', { code: 'template' }],
  ['POST /mau-bai/:code', ['admin'], 'city', { code: 'template' }],
  ['POST /mau-bai/:code/xem-thu', ['admin'], 'city', { code: 'template' }],
  ['GET /don-vi', ['admin'], 'city'],
  ['POST /don-vi', ['admin'], 'city'],
  ['GET /don-vi/:code', ['admin'], 'city', { code: 'ward' }],
  ['POST /don-vi/:code', ['admin'], 'city', { code: 'ward' }],
  ['GET /nguoi-dung', ['admin'], 'city'],
  ['POST /nguoi-dung', ['admin'], 'city'],
  ['GET /nguoi-dung/:id', ['admin'], 'city', { id: 'account' }],
  ['POST /nguoi-dung/:id/mo', ['admin'], 'city', { id: 'account' }],
  ['POST /nguoi-dung/:id/quyen', ['admin'], 'city', { id: 'account' }],
  ['POST /nguoi-dung/:id/mat-khau', ['admin'], 'city', { id: 'account' }],
  ['POST /nguoi-dung/:id/ma-xac-thuc', ['admin'], 'city', { id: 'account' }],
  ['POST /nguoi-dung/:id/khoa', ['admin'], 'city', { id: 'account' }],
  ['GET /static/:file', 'public', 'none', { file: 'asset' }],
  ['GET /thiet-lap', 'public', 'none'],
  ['POST /thiet-lap', 'public', 'none'],
  ['GET /tien-do', progressReaders, 'ward'],
  ['GET /tien-do/:directiveId', progressReaders, 'part', { directiveId: 'directive' }],
  ['GET /tien-do/:directiveId/:obligationId/:unitCode', progressReaders, 'ward', { directiveId: 'directive', obligationId: 'obligation', unitCode: 'ward' }],
  ['GET /tram', ['admin'], 'city'],
  ['POST /tram', ['admin'], 'city'],
  ['POST /tram/:id/cap-lai', ['admin'], 'city', { id: 'station' }],
  ['POST /tram/:id/thu-hoi', ['admin'], 'city', { id: 'station' }],
  ['GET /tu-dien', 'signed-in', 'ward'],
  ['POST /tu-dien', lexiconKeepers, 'ward'],
  ['GET /tu-dien/:id', lexiconKeepers, 'ward', { id: 'lexicon-entry' }],
  ['POST /tu-dien/:id', lexiconKeepers, 'ward', { id: 'lexicon-entry' }],
  ['POST /tu-dien/:id/xoa', lexiconKeepers, 'ward', { id: 'lexicon-entry' }],
  ['POST /tu-dien/:id/khoi-phuc', lexiconKeepers, 'ward', { id: 'lexicon-entry' }],
  ['GET /khung-gio', ['admin', 'editor'], 'city'],
  ['GET /khung-gio/:code', ['admin', 'editor'], 'city', { code: 'channel' }],
  ['POST /khung-gio/:code', ['admin'], 'city', { code: 'channel' }],
  ['GET /khung-gio/:code/:windowId', ['admin'], 'city', { code: 'channel', windowId: 'window' }],
  ['POST /khung-gio/:code/:windowId', ['admin'], 'city', { code: 'channel', windowId: 'window' }],
  ['POST /khung-gio/:code/:windowId/bo', ['admin'], 'city', { code: 'channel', windowId: 'window' }],
  ['GET /khung-gio/:code/:windowId/ngay', ['admin', 'editor'], 'city', { code: 'channel', windowId: 'window' }],
  ['POST /khung-gio/:code/:windowId/ngay', ['admin', 'editor'], 'city', { code: 'channel', windowId: 'window' }],
  ['POST /khung-gio/:code/:windowId/ngay/hoan-tac', ['admin', 'editor'], 'city', { code: 'channel', windowId: 'window' }],
];
