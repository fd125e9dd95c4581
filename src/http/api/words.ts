/** The words of the document that belong to no single route. */
export const API_DESCRIPTION = `JSON API of Loa: from the official letter to the loudspeaker and the report.

Times are milliseconds of UTC; local days are \`YYYY-MM-DD\` in the zone of the channel, both ends of a range included.

A person signs in with \`POST /api/session\`; the session is a cookie, and every request that is not a GET sends the \`csrfToken\` of
that answer in the header \`x-csrf-token\`. A station sends its token as a bearer token.

Every POST of a person takes the header \`Idempotency-Key\` (1 to 200 ASCII characters): sent again within 24 hours with the same body,
it is done once and answered the same.

An error answers with \`code\` (stable, for programs), \`message\` and \`messageEn\` (sentences for people) and \`details\`. What is not
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
  campaignId: 'Id of a campaign.',
  channelCode: 'Code of a channel.',
  clipId: 'Id of the clip.',
  code: 'Code of the channel.',
  date: 'Local day, YYYY-MM-DD.',
  decisionId: 'Id of the decision.',
  file: 'Name of the file.',
  from: 'First local day.',
  id: 'Id of the thing.',
  limit: 'At most so many.',
  obligationId: 'Id of the obligation.',
  offset: 'So many are passed over.',
  policy: 'Kind of the unit; where a policy is taken back, its id.',
  page: 'Number of the page, from 1.',
  search: 'Words to find, with or without tone marks.',
  state: 'Only those in this state.',
  unitCode: 'Code of the unit.',
  unitId: 'Id of the unit.',
  unitKind: 'Kind of the unit.',
  until: 'Last local day, included.',
  versionId: 'Id of the script version.',
  windowId: 'Id of the window.',
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
