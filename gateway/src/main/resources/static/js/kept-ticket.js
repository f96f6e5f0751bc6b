/** The last code this device has seen, for when the network is gone: on the device alone, until a day after the event. */
import { pages } from './api.js';

const PREFIX = 'ticket:';
const DAY = 86_400_000;

/** @typedef {{ticket: import('./api.js').AttendeeTicket, svg: string, expiresAt: string, at: number}} Kept `at`: when the code was fetched */

/** @param {string} ticketId @returns {Kept | null} */
export function recall(ticketId) {
  forgetOld();
  return JSON.parse(localStorage.getItem(PREFIX + ticketId) ?? 'null');
}

/** @param {string} ticketId @param {Kept} kept */
export function keep(ticketId, kept) {
  try {
    localStorage.setItem(PREFIX + ticketId, JSON.stringify(kept));
  } catch {
    // a full or forbidden store costs only the offline copy
  }
}

/** @param {string} ticketId */
export const forget = (ticketId) => localStorage.removeItem(PREFIX + ticketId);

function forgetOld() {
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    const { ticket } = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (Date.parse(ticket?.event?.endsAt) + DAY < Date.now()) {
      localStorage.removeItem(key);
    }
  }
}

/** Makes the page itself openable without a network: keeps its files, as loaded just now, for `ticket-offline.js`. */
export async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) {
    return;
  }
  await navigator.serviceWorker.register(pages.offlineWorker, { scope: '/ticket' });
  const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && /^\/(css|js|i18n)\/|^\/favicon/.test(pathname))
    .map(({ pathname }) => pathname);
  const cache = await caches.open('ticket-page');
  await cache.addAll(['/ticket', ...new Set(files)]);
}
