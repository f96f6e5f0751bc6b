/**
 * Texts in the reader's language. A page carries its English text in elements with `data-t="key"`
 * (`data-t-label` for aria-label, `data-t-placeholder`), which are replaced from `i18n/<language>.json`.
 * To add a language: one such file, and its name here.
 */
import { pages } from './api.js';
import { byId, el } from './dom.js';

const LANGUAGES = { en: 'English', hi: 'हिन्दी' };
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];
const REMEMBERED = 'language';

/** @type {Record<string, string>} */
let texts = {};
/** @type {Record<string, string>} */
let english = {};
/** @type {(() => void)[]} */
const listeners = [];

export let language = chosenLanguage();

/** For dates and numbers: the language as written in India, day before month, 24-hour clock. */
export const locale = () => `${language}-IN`;

function chosenLanguage() {
  const wishes = [localStorage.getItem(REMEMBERED), ...navigator.languages.map((wish) => wish.split('-')[0])];
  return wishes.find((wish) => wish && wish in LANGUAGES) ?? 'en';
}

/**
 * The text for a key, `{name}` replaced by the parameter of that name. With a number `n`, the form `key.one` or
 * `key.other` is taken as the language's grammar says.
 * @param {string} key
 * @param {Record<string, string | number>} [parameters]
 */
export function t(key, parameters = {}) {
  const form = 'n' in parameters ? `${key}.${new Intl.PluralRules(language).select(Number(parameters.n))}` : key;
  const text = texts[form] ?? texts[`${key}.other`] ?? texts[key] ?? english[form] ?? english[`${key}.other`] ?? english[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = parameters[name];
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(locale()) : isolated(value);
  });
}

/** Whether there is a text for this key. @param {string} key */
export const hasText = (key) => key in texts || key in english;

/** In a right-to-left sentence (or for a right-to-left name) the parts must not reorder each other. @param {string} text */
const isolated = (text) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) || document.dir === 'rtl' ? `\u2068${text}\u2069` : text);

/** Calls back now and after every change of language. @param {() => void} listener */
export function inEveryLanguage(listener) {
  listeners.push(listener);
  listener();
}

/** Loads the texts, puts them into the page, and offers the switch in the element `#language`. */
export async function startLanguage() {
  const choice = byId('language');
  choice.append(...Object.entries(LANGUAGES).map(([code, name]) => el('option', { value: code, lang: code }, name)));
  choice.addEventListener('change', () => {
    localStorage.setItem(REMEMBERED, choice.value);
    return speak(choice.value);
  });
  english = await load('en');
  await speak(language);
}

/** @param {string} wanted */
async function speak(wanted) {
  texts = wanted === 'en' ? english : await load(wanted);
  language = wanted;
  byId('language').value = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(wanted) ? 'rtl' : 'ltr';
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(/** @type {HTMLElement} */ (element).dataset.t ?? '');
  }
  for (const element of document.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(element.getAttribute('data-t-label') ?? ''));
  }
  for (const element of document.querySelectorAll('[data-t-placeholder]')) {
    element.setAttribute('placeholder', t(element.getAttribute('data-t-placeholder') ?? ''));
  }
  listeners.forEach((listener) => listener());
}

/** @param {string} code @returns {Promise<Record<string, string>>} empty if it cannot be had: the page's own English stays */
async function load(code) {
  try {
    return await (await fetch(pages.texts(code))).json();
  } catch {
    return {};
  }
}
