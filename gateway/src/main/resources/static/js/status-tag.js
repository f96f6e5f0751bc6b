/** A status as a small label: colour, icon and word. */
import { el } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { look } from './verdicts.js';

/** @param {string} status of a ticket, or what became of it */
export const statusTag = (status) =>
  el('span', { class: 'tag', data: { verdict: status } }, status !== 'NOT_ENTERED' && icon(look(status).icon), t(`status.${status}`));
