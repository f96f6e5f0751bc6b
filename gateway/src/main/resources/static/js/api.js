/**
 * Every URL of the system, and the one way to call them. Nothing else in these pages spells a path of the API.
 *
 * A call ends in one of three ways: the answer, a {@link Refused} (the server said no, and why), or an
 * {@link Unanswered} (nobody knows what happened: network, time-out, a server in trouble). The difference matters at
 * the door: what was refused is over, what was not answered has to be asked again.
 */
import { connection } from './connection.js';

/**
 * @typedef {{id: string, name: string, venue: string, startsAt: string, endsAt: string, timeZone: string,
 *   capacity: number, remaining: number, tokenLifetime: string | null, registration: 'OPEN' | 'FULL' | 'CLOSED',
 *   registrationOpen: boolean, retention: string | null}} OfferedEvent
 * @typedef {{eventId: string, name: string, mobile: string, university: string}} Registration
 * @typedef {{ticketId: string, accessCode: string, ticketUrl: string}} Registered
 * @typedef {{ticketId: string, state: 'PREPARING' | 'READY', entry: 'NOT_ENTERED' | 'ENTERED' | 'DENIED' | 'CANCELLED',
 *   attendee: {name: string, mobile: string, university: string}, event: OfferedEvent}} AttendeeTicket
 * @typedef {{username: string, role: 'STEWARD' | 'SUPERVISOR' | 'ADMIN', expiresAt: string,
 *   post?: {gate: string, eventId: string | null}}} Session `post`: of a paired phone
 * @typedef {{id: string, name: string, gate: string, eventId: string | null, codeExpiresAt: string, pairedAt: string | null,
 *   createdBy: string}} Device
 * @typedef {{ticketId: string, name: string, mobile: string, university: string, event: {id: string, name: string,
 *   venue: string, startsAt: string, timeZone: string}, status: string, entryTime: string | null, gate: string | null,
 *   decidedBy: string | null, history?: Attempt[]}} GateTicket
 * @typedef {{at: string, kind: 'SCAN' | 'DECISION' | 'UNDO' | 'CANCEL', account: string, gate: string | null, method: string | null,
 *   verdict: string | null, decision: 'ALLOW' | 'DENY' | null, outcome: string | null, reason: string | null}} Attempt
 * @typedef {{scanId: string, verdict: string, method: 'TOKEN' | 'LOOKUP', message: string, ticket: GateTicket | null}} ScanAnswer
 * @typedef {{scanId: string, outcome: string, ticket: GateTicket | null}} DecisionAnswer
 * @typedef {'registration' | 'token' | 'gate'} DeadLetterService
 * @typedef {{done: number, waiting: number, through: object[],
 *   items: {topic: string, partition: number, offset: number, at: string, key: string | null, reason: string}[]}} DeadLetters
 * @typedef {{eventId: string | null, registered: number, entered: number, denied: number, notEntered: number,
 *   cancelled: number, perGate: {gate: string, entered: number, denied: number}[],
 *   perMinute: {minute: string, gate: string, entered: number}[]}} Figures
 */

/** The server's refusal: an RFC 9457 problem. */
export class Refused extends Error {
  /** @param {number} status @param {any} problem @param {number} retryAfter seconds, 0 if not said */
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    /** @type {string} */
    this.code = problem?.code ?? (status === 401 ? 'NOT_SIGNED_IN' : `HTTP_${status}`);
    /** @type {{field: string, message: string}[]} */
    this.errors = problem?.errors ?? [];
    this.retryAfter = retryAfter;
  }
}

/** No answer, or one that says nothing about what happened. */
export class Unanswered extends Error {}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, headers?: Record<string, string>, timeout?: number, as?: 'json' | 'blob', aside?: boolean}} [options]
 *   timeout in milliseconds; aside: says nothing about the line, since the answer may be missing and nobody miss it
 * @returns {Promise<any>} the answer; null for an empty one
 */
async function call(method, path, { body, headers = {}, timeout = 10_000, as = 'json', aside = false } = {}) {
  const givingUp = new AbortController();
  const timer = setTimeout(() => givingUp.abort(), timeout);
  const answered = aside ? () => {} : connection.asking();
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body ? { 'Content-Type': 'application/json', ...headers } : headers,
      body: body && JSON.stringify(body),
      signal: givingUp.signal,
    });
    const retryAfter = Number(response.headers.get('Retry-After')) || 0;
    if (response.status >= 500) {
      throw new Unanswered(`HTTP ${response.status}`);
    }
    if (!response.ok) {
      const problem = await response.json().catch(() => null);
      answered(true);
      throw new Refused(response.status, problem, retryAfter);
    }
    const answer = response.status === 204 ? null : await response[as]();
    noteServerTime(response);
    answered(true);
    return answer;
  } catch (failure) {
    if (failure instanceof Refused) {
      throw failure;
    }
    answered(false);
    throw failure instanceof Unanswered ? failure : new Unanswered(String(failure));
  } finally {
    clearTimeout(timer);
  }
}

let clockDifference = 0;

/** @param {Response} response */
function noteServerTime(response) {
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (date) {
    clockDifference = date - Date.now();
  }
}

/** Milliseconds since the epoch by the server's clock, as far as it told us: phones run wrong. */
export const serverNow = () => Date.now() + clockDifference;

const part = encodeURIComponent;

/** @param {Record<string, string | number | null | undefined>} parameters empty ones are left out */
function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '' && value != null);
  return given.length ? '?' + new URLSearchParams(given.map(([key, value]) => [key, String(value)])) : '';
}

/** The access code travels in a header, never in a URL. @param {string} accessCode */
const bearer = (accessCode) => ({ Authorization: `Bearer ${accessCode}` });

const ticketPath = (/** @type {string} */ ticketId) => `/api/tickets/${part(ticketId)}`;
const gateTicketPath = (/** @type {string} */ ticketId) => `/api/gate/tickets/${part(ticketId)}`;

/** How long a door waits for an answer before asking again, in milliseconds. */
const DOOR_TIMEOUT = 5_000;

/** The pages themselves. */
export const pages = {
  /** @param {string} ticketUrl as the server gave it; its fragment is kept, the rest is this very server */
  ticket: (ticketUrl) => '/ticket' + new URL(ticketUrl, location.href).hash,
  gate: '/gate',
  admin: '/admin',
  texts: (/** @type {string} */ language) => `/i18n/${part(language)}.json`,
  decodeWorker: '/js/decode-worker.js',
  offlineWorker: '/ticket-offline.js',
};

/** What an attendee may ask. */
export const attendee = {
  /** @returns {Promise<OfferedEvent[]>} */
  events: () => call('GET', '/api/events'),

  /** @param {Registration} registration @param {string} key the same for every repetition @returns {Promise<Registered>} */
  register: (registration, key) =>
    call('POST', '/api/registrations', { body: registration, headers: { 'Idempotency-Key': key }, timeout: 15_000 }),

  /** @param {string} ticketId @param {string} accessCode @returns {Promise<AttendeeTicket>} */
  ticket: (ticketId, accessCode) => call('GET', ticketPath(ticketId), { headers: bearer(accessCode) }),

  /** @param {string} ticketId @param {string} accessCode @returns {Promise<{token: string, expiresAt: string}>} */
  token: (ticketId, accessCode) => call('GET', `${ticketPath(ticketId)}/token`, { headers: bearer(accessCode) }),

  /** @param {string} ticketId @param {string} accessCode @returns {Promise<Blob>} the code as a drawing */
  qrDrawing: (ticketId, accessCode) =>
    call('GET', `${ticketPath(ticketId)}/qr.svg`, { headers: bearer(accessCode), as: 'blob' }),

  /** @param {string} ticketId @param {string} accessCode @returns {Promise<Blob>} the code as a picture to keep */
  qrPicture: (ticketId, accessCode) =>
    call('GET', `${ticketPath(ticketId)}/qr.png?size=1024`, { headers: bearer(accessCode), as: 'blob' }),

  /** The stream of changes, for {@link import('./stream.js').follow}. @param {string} ticketId @param {string} accessCode */
  updates: (ticketId, accessCode) => ({ path: `${ticketPath(ticketId)}/updates`, headers: bearer(accessCode) }),
};

/** The staff's session, an HttpOnly cookie these pages never see. */
export const session = {
  /** @param {string} username @param {string} password @returns {Promise<Session>} */
  start: (username, password) => call('POST', '/api/staff/session', { body: { username, password } }),

  /** @returns {Promise<Session>} */
  current: () => call('GET', '/api/staff/session', { timeout: DOOR_TIMEOUT }),

  end: () => call('DELETE', '/api/staff/session'),

  /** An OpenID provider that knows the staff, too. @returns {Promise<{name: string | null}>} */
  elsewhere: () => call('GET', '/api/staff/oidc'),

  /** Where to go there, and what to keep meanwhile. @returns {Promise<{url: string, attempt: string}>} */
  depart: () => call('POST', '/api/staff/oidc/departure'),

  /** @param {{attempt: string, state: string, code: string}} back @returns {Promise<Session>} */
  comeBack: (back) => call('POST', '/api/staff/oidc/session', { body: back }),

  /** Makes this phone a device of the door. @param {string} code from the link, good once @returns {Promise<Session>} */
  pair: (code) => call('POST', '/api/staff/devices/session', { body: { code } }),
};

/** What staff may ask at the door and of the guest list. */
export const gate = {
  /** @param {{scanId: string, token?: string, ticketId?: string, gate: string, eventId?: string}} scan @returns {Promise<ScanAnswer>} */
  scan: (scan) => call('POST', '/api/gate/scans', { body: scan, timeout: DOOR_TIMEOUT }),

  /** @param {string} scanId @param {{decision: 'ALLOW' | 'DENY', reason?: string}} decision @returns {Promise<DecisionAnswer>} */
  decide: (scanId, decision) =>
    call('POST', `/api/gate/scans/${part(scanId)}/decision`, { body: decision, timeout: DOOR_TIMEOUT }),

  /** @param {{q?: string, eventId?: string, status?: string, limit?: number, after?: string | null}} filter
   *  @returns {Promise<{items: GateTicket[], next: string | null}>} */
  tickets: (filter) => call('GET', '/api/gate/tickets' + query(filter)),

  /** @param {string} ticketId @returns {Promise<GateTicket>} with its history */
  ticket: (ticketId) => call('GET', gateTicketPath(ticketId)),

  /** @param {string} ticketId @returns {Promise<Blob>} */
  qr: (ticketId) => call('GET', `${gateTicketPath(ticketId)}/qr.png`, { as: 'blob' }),

  /** @param {string} ticketId @param {string} reason @param {string} key the same for every repetition @returns {Promise<GateTicket>} */
  undo: (ticketId, reason, key) =>
    call('POST', `${gateTicketPath(ticketId)}/undo`, { body: { reason }, headers: { 'Idempotency-Key': key } }),

  /** A link, for the browser to download. @param {string} eventId */
  csv: (eventId) => '/api/gate/tickets.csv' + query({ eventId }),

  /** @param {string} eventId @returns {Promise<Figures>} */
  figures: (eventId) => call('GET', '/api/gate/figures' + query({ eventId })),

  /** @param {string} eventId */
  figuresStream: (eventId) => new EventSource('/api/gate/figures/stream' + query({ eventId })),
};

/** What an ADMIN may ask. */
export const admin = {
  /** @param {object} event @returns {Promise<OfferedEvent>} */
  createEvent: (event) => call('POST', '/api/events', { body: event }),

  /** @param {string} id @param {object} event @returns {Promise<OfferedEvent>} */
  changeEvent: (id, event) => call('PUT', `/api/events/${part(id)}`, { body: event }),

  /** @param {string} ticketId */
  cancel: (ticketId) => call('DELETE', `/api/registrations/${part(ticketId)}`),

  /** @param {string} ticketId @returns {Promise<object>} what registration keeps of the person */
  personalData: (ticketId) => call('GET', `/api/registrations/${part(ticketId)}/personal-data`),

  /** @param {string} ticketId */
  erase: (ticketId) => call('POST', `/api/registrations/${part(ticketId)}/erasure`),

  /** @returns {Promise<{username: string, role: string, disabled: boolean}[]>} */
  accounts: async () => {
    const answer = await call('GET', '/api/staff/accounts');
    return answer.items ?? answer;
  },

  /** @param {{username: string, password: string, role: string}} account */
  createAccount: (account) => call('POST', '/api/staff/accounts', { body: account }),

  /** @param {string} username @param {{password?: string, role?: string, disabled?: boolean}} change */
  changeAccount: (username, change) => call('PATCH', `/api/staff/accounts/${part(username)}`, { body: change }),

  /** @returns {Promise<Device[]>} */
  devices: async () => (await call('GET', '/api/staff/devices')).items,

  /** @param {{name: string, gate: string, eventId?: string}} device @returns {Promise<{id: string, url: string, qr: string, expiresAt: string}>} */
  offerPairing: (device) => call('POST', '/api/staff/devices', { body: device }),

  /** @param {string} id */
  revokeDevice: (id) => call('DELETE', `/api/staff/devices/${part(id)}`),

  /** @param {DeadLetterService} service @returns {Promise<DeadLetters>} */
  deadLetters: (service) => call('GET', `/api/dead-letters/${service}`, { aside: true }),

  /** @param {DeadLetterService} service @param {'replay' | 'discard'} what @param {object[]} through up to where they were seen
   *  @returns {Promise<DeadLetters>} what still waits */
  settle: (service, what, through) => call('POST', `/api/dead-letters/${service}/${what}`, { body: { through }, timeout: 15_000 }),
};
