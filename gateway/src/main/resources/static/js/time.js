/** Moments as people read them: in the event's own time zone, with its name, on a 24-hour clock. */
import { locale } from './i18n.js';

const DAY = /** @type {const} */ ({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const CLOCK = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const ZONE = /** @type {const} */ ({ timeZoneName: 'short' });

/** @param {string | number} moment @param {string | undefined} timeZone @param {Intl.DateTimeFormatOptions} options */
const format = (moment, timeZone, options) => new Intl.DateTimeFormat(locale(), { ...options, timeZone }).format(new Date(moment));

/** "Sat, 22 Nov 2026, 18:00 – 22:00 IST", or with both days when they differ. @param {{startsAt: string, endsAt?: string, timeZone: string}} event */
export function eventTime({ startsAt, endsAt, timeZone }) {
  const startDay = format(startsAt, timeZone, DAY);
  if (!endsAt) {
    return `${startDay}, ${format(startsAt, timeZone, { ...CLOCK, ...ZONE })}`;
  }
  const endDay = format(endsAt, timeZone, DAY);
  const start = `${startDay}, ${format(startsAt, timeZone, CLOCK)}`;
  const end = format(endsAt, timeZone, { ...CLOCK, ...ZONE });
  return `${start} – ${startDay === endDay ? '' : `${endDay}, `}${end}`;
}

/** "22 Nov, 18:05 IST". @param {string} moment @param {string} [timeZone] absent: the device's own */
export const moment = (moment, timeZone) => format(moment, timeZone, { day: 'numeric', month: 'short', ...CLOCK, ...ZONE });

/** "18:05 IST". @param {string} moment @param {string} [timeZone] */
export const clock = (moment, timeZone) => format(moment, timeZone, { ...CLOCK, ...ZONE });

/** "18:05". @param {string | number} moment @param {string} [timeZone] */
export const hourMinute = (moment, timeZone) => format(moment, timeZone, CLOCK);

/** "23:59:07" or "3 d 04:12:09". @param {number} milliseconds */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [days, rest] = [Math.floor(seconds / 86_400), seconds % 86_400];
  const clock = [rest / 3600, (rest % 3600) / 60, rest % 60].map((n) => String(Math.floor(n)).padStart(2, '0')).join(':');
  return days ? `${days} d ${clock}` : clock;
}

/** What the clock on the wall of that zone shows, as `<input type="datetime-local">` wants it. @param {string} instant @param {string} timeZone */
export function wallTime(instant, timeZone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    }).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant at which that zone's wall clock shows this. @param {string} wall `2026-11-22T18:00` @param {string} timeZone @returns {string} ISO in UTC */
export function instant(wall, timeZone) {
  const wanted = Date.parse(`${wall}Z`);
  let guess = wanted;
  // twice, because the offset found first may be that of the other side of a change to summer time
  for (let i = 0; i < 2; i++) {
    guess += wanted - Date.parse(`${wallTime(new Date(guess).toISOString(), timeZone)}Z`);
  }
  return new Date(guess).toISOString();
}
