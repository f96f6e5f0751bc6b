/** What services have put aside because they could not read or store it: nothing to see as long as there is nothing. */
import { Refused, admin } from './api.js';
import { ask, tell } from './ask.js';
import { byId, el, fill } from './dom.js';
import { inEveryLanguage, t } from './i18n.js';
import { asStaff, may, onStaffChange } from './staff.js';
import { moment } from './time.js';

/** @type {import('./api.js').DeadLetterService[]} */
const SERVICES = ['registration', 'token', 'gate'];
const EVERY_MINUTE = 60_000;
/** So many are named; the others are counted. */
const NAMED = 10;

/** @type {{service: import('./api.js').DeadLetterService, letters: import('./api.js').DeadLetters}[]} */
let boxes = [];

export function startPutAside() {
  inEveryLanguage(draw);
  onStaffChange(look);
  setInterval(() => document.visibilityState === 'visible' && look(), EVERY_MINUTE);
  return look();
}

async function look() {
  const looked = may('ADMIN') ? await Promise.all(SERVICES.map(letters)) : [];
  boxes = looked.filter((box) => box !== null);
  draw();
}

/** Whoever is away has nothing to show: the figures for machines say that it is away. @param {import('./api.js').DeadLetterService} service */
async function letters(service) {
  try {
    return { service, letters: await admin.deadLetters(service) };
  } catch {
    return null;
  }
}

function draw() {
  const full = boxes.filter(({ letters }) => letters.waiting > 0);
  const n = full.reduce((sum, { letters }) => sum + letters.waiting, 0);
  const open = byId('put-aside').querySelector('details')?.open;
  const named = full.flatMap(({ service, letters }) => letters.items.map((item) => line(service, item))).slice(0, NAMED);
  fill(byId('put-aside'), n > 0 && el('div', { class: 'note put-aside' },
    el('div', { class: 'grow' },
      el('strong', {}, t('put-aside.title', { n })),
      el('div', { class: 'small' }, t('put-aside.about')),
      el('details', { class: 'small', open },
        el('summary', {}, t('put-aside.which')),
        el('ul', {}, ...named, n > named.length && el('li', {}, t('put-aside.more', { n: n - named.length }))))),
    el('p', { class: 'actions' },
      el('button', { type: 'button', onclick: () => settle('replay') }, t('put-aside.replay')),
      el('button', { type: 'button', class: 'danger', onclick: discard }, t('put-aside.discard')))));
}

/** @param {string} service @param {import('./api.js').DeadLetters['items'][number]} letter */
function line(service, { topic, at, key, reason }) {
  return el('li', {}, [`${topic} → ${service}`, t(`put-aside.reason.${reason}`), moment(at), key].filter(Boolean).join(' · '));
}

async function discard() {
  if ((await ask({ title: t('put-aside.discard'), text: t('put-aside.discard.text'), confirm: t('put-aside.discard'), danger: true })) !== null) {
    await settle('discard');
  }
}

/** Those that are shown, at every service that has any. @param {'replay' | 'discard'} what */
async function settle(what) {
  for (const button of byId('put-aside').querySelectorAll('button')) {
    button.disabled = true;
  }
  let done = 0;
  try {
    for (const box of boxes.filter(({ letters }) => letters.waiting > 0)) {
      box.letters = await asStaff(() => admin.settle(box.service, what, box.letters.through));
      done += box.letters.done;
    }
    if (what === 'replay') {
      tell(done > 0 ? t('put-aside.done', { n: done }) : t('put-aside.still'));
    }
  } catch (failure) {
    tell(failure instanceof Refused ? failure.message : t('error.unanswered'));
  }
  draw();
}
