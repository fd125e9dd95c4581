/** The words of the document that belong to no single route. */
export const API_DESCRIPTION = `JSON API of Loa: from the official letter to the loudspeaker and the report.

Times are milliseconds of UTC; local days are \`YYYY-MM-DD\` in the zone of the channel, both ends of a range included.

A person signs in with \`POST /api/session\`; the session is a cookie, and every request that is not a GET sends the \`csrfToken\` of
that answer in the header \`x-csrf-token\`. A station sends its token as a bearer token.

Every POST of a person takes the header \`Idempotency-Key\` (1 to 200 ASCII characters): sent again within 24 hours with the same body,
it is done once and answered the same.

An error answers with \`code\` (stable, for programs), \`message\` and \`messageEn\` (sentences for people) and \`details\`, where
\`field\` or \`fields: [{ field, problem }]\` names what is wrong in the request. What is not
there and what belongs to another ward are answered with the same 404. Every change writes its row of the audit in the same transaction.`;

export const aboutTags: Readonly<Record<string, string>> = {
  approvals: 'Decisions of leaders on the very content that will air.',
  audio: 'Clips: made from a reading or an uploaded recording, and the station calls.',
  campaigns: 'Campaigns and their dated facts.',
  channels: 'Channels, their windows, and the dates that do not follow them.',
  directives: 'Official letters and the obligations that are in them.',
  feeds: 'What websites of wards take, open to everybody.',
  health: 'Whether the house works, and its numbers.',
  law: 'What the law of the place allows loudspeakers, and holidays.',
  people: 'Sessions, accounts, units, second factors and the audit.',
  playlists: 'The day of one channel, signed, and its clips.',
  posts: 'Posts of fanpages, and what became of them.',
  proof: 'Play logs and what people say of what played.',
  reports: 'Planned × aired × missed, and how far each unit is.',
  schedule: 'Slots: placed, moved, cancelled, planned, made good.',
  scripts: 'Templates, scripts and their versions.',
  speech: 'How a text is read aloud: readings, lexicons, voices.',
  stations: 'Stations and what their programs ask for.',
};

export const aboutParameters: Readonly<Record<string, string>> = {
  action: 'What was done; with a dot at the end, all of its kind: `slot.`.',
  actorId: 'Id of the account that did it.',
  beforeSeq: 'Only rows before this number: `next` of the page before.',
  campaignId: 'Id of a campaign.',
  channelCode: 'Code of a channel.',
  clipId: 'Id of the clip.',
  code: 'Code of the channel.',
  date: 'Local day, YYYY-MM-DD.',
  decisionId: 'Id of the decision.',
  download: '`1`: to be kept as a file.',
  endsAt: 'End of the time, milliseconds of UTC.',
  entity: 'What it was done to: `slot`, `campaign`, ….',
  entityId: 'Id of what it was done to.',
  except: 'Id of a slot that is passed over: the one that is being moved.',
  file: 'Name of the file.',
  from: 'First local day.',
  id: 'Id of the thing.',
  key: 'The secret of the address.',
  kind: 'Only channels of this kind.',
  limit: 'At most so many.',
  month: 'A month, YYYY-MM, shown in whole weeks.',
  obligationId: 'Id of the obligation.',
  offset: 'So many are passed over.',
  page: 'Number of the page, from 1.',
  policy: 'Kind of the unit; where a policy is withdrawn, its id.',
  reason: 'Why, for the audit.',
  search: 'Words to find, with or without tone marks.',
  startsAt: 'Start of the time, milliseconds of UTC.',
  state: 'Only those in this state.',
  unitCode: 'Code of the unit.',
  unitId: 'Id of the unit.',
  unseen: 'Only those that nobody has marked as seen.',
  until: 'Last local day, included.',
  v: 'Tells a new picture from one that a browser keeps.',
  versionId: 'Id of the script version.',
  web: 'One more clip for websites and fanpages.',
  week: 'Any day of the week that is shown.',
  who: 'Part of the name of whoever did it, with or without tone marks.',
  windowId: 'Id of the window.',
  year: 'Only holidays of this year.',
};

export const aboutHeaders: Readonly<Record<string, string>> & { cookie: string } = {
  cookie: 'The session of a person, from `POST /api/session`; `__Host-loa` where the public address is https.',
  'idempotency-key': 'Names this request: sent again within 24 hours with the same body, it is done once.',
  'if-match': 'The entity tag of what was seen: 412 when there is something else now.',
  'x-csrf-token': 'The `csrfToken` of the session.',
};

export const aboutStatus: Readonly<Record<number, string>> & { other: string } = {
  200: 'Done.',
  201: 'Made.',
  202: 'Accepted; the work goes on.',
  204: 'Done; there is nothing to say.',
  206: 'The part that was asked for.',
  304: 'Unchanged: what was kept still holds.',
  400: 'Not in the agreed shape',
  401: 'Nobody that is known',
  403: 'Not allowed',
  404: 'Missing, or not yours',
  409: 'Meets something that is there',
  412: 'Changed since it was seen',
  413: 'Too large',
  416: 'No such part',
  422: 'Well formed, but it cannot be',
  429: 'Too many; `Retry-After` says when to try again',
  503: 'Something outside is missing or broken',
  other: 'Every other error: a body that is too large or of a wrong type, a failure of the server, a full disk.',
};
