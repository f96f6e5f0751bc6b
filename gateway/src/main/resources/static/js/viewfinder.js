/** The camera's place on the gate page: picture, help when there is none, torch, and the question which of two codes. */
import { Camera, CameraProblem } from './camera.js';
import { byId, el, fill, show } from './dom.js';
import { set, settings } from './gate-settings.js';
import { inEveryLanguage, t } from './i18n.js';

/** @typedef {import('./camera.js').Code} Code */

export class Viewfinder {
  #camera;
  #onCode;
  #listening = true;
  /** @type {Code[]} codes staff have to choose from */
  #choice = [];
  #problem = '';
  #torchOn = false;

  /** @param {{onCode: (text: string) => void}} listener */
  constructor({ onCode }) {
    this.#onCode = onCode;
    this.#camera = new Camera(byId('video'), {
      onCodes: (codes) => this.#found(codes),
      onHeld: (held) => show(byId('camera-status'), held && this.#listening && byId('verdict').hidden),
      onLost: () => this.#show('busy'),
    });
    byId('start-camera').addEventListener('click', () => this.start());
    byId('torch').addEventListener('click', () => this.#toggleTorch());
    document.addEventListener('visibilitychange', () => this.#rest());
    inEveryLanguage(() => this.#show(this.#problem));
  }

  async start() {
    byId('start-camera').disabled = true;
    try {
      await this.#camera.start(settings.cameraId);
      set({ cameraOn: true });
      this.#show('');
    } catch (failure) {
      this.#show(failure instanceof CameraProblem ? failure.message : 'busy');
    } finally {
      byId('start-camera').disabled = false;
    }
  }

  /** Whether codes in view are wanted now. @param {boolean} on */
  set listening(on) {
    this.#listening = on;
    this.#camera.listening = on && !this.#choice.length;
    if (!on) {
      this.#choose(null);
      show(byId('camera-status'), false);
    }
  }

  cameras() {
    return this.#camera.all();
  }

  /** After the settings have changed. */
  async restart() {
    if (this.#camera.running && settings.cameraId && this.#camera.deviceId !== settings.cameraId) {
      await this.start();
    }
  }

  /** Takes the n-th of several codes in view. @param {number} n from 1 @returns {boolean} whether there was such a question */
  take(n) {
    const code = this.#choice[n - 1];
    if (code) {
      this.#choose(code);
    }
    return Boolean(code);
  }

  /** Takes none of them. @returns {boolean} whether there was such a question */
  takeNone() {
    const asked = this.#choice.length > 0;
    this.#choice.forEach(({ text }) => this.#camera.hold(text));
    this.#choose(null);
    return asked;
  }

  /** @param {Code[]} codes */
  #found(codes) {
    if (document.querySelector('dialog[open]') || byId('app').hidden) {
      return;
    }
    if (codes.length === 1) {
      this.#camera.hold(codes[0].text);
      this.#onCode(codes[0].text);
      return;
    }
    this.#choice = codes.sort((one, other) => one.corners[0].x - other.corners[0].x);
    this.#camera.listening = false;
    this.#freeze();
    fill(byId('choice-buttons'),
      ...this.#choice.map((_, i) => el('button', { type: 'button', class: 'primary', onclick: () => this.take(i + 1) }, t('gate.two.n', { number: i + 1 }))),
      el('button', { type: 'button', onclick: () => this.takeNone() }, t('gate.two.none')));
    show(byId('choice'), true);
    byId('choice-buttons').firstElementChild.focus();
  }

  /** @param {Code | null} code */
  #choose(code) {
    this.#choice = [];
    this.#camera.listening = this.#listening;
    show(byId('choice'), false);
    show(byId('frozen'), false);
    if (code) {
      this.#camera.hold(code.text);
      this.#onCode(code.text);
    }
  }

  /** Shows the frame with the codes numbered on it. */
  #freeze() {
    const canvas = byId('frozen');
    const paint = canvas.getContext('2d');
    paint.drawImage(this.#camera.frame, 0, 0);
    this.#choice.forEach(({ corners }, i) => {
      const [x, y] = ['x', 'y'].map((axis) => corners.reduce((sum, corner) => sum + corner[/** @type {'x' | 'y'} */ (axis)], 0) / 4);
      paint.strokeStyle = '#fff';
      paint.lineWidth = 8;
      paint.beginPath();
      corners.forEach((corner) => paint.lineTo(corner.x, corner.y));
      paint.closePath();
      paint.stroke();
      paint.fillStyle = '#101216';
      paint.beginPath();
      paint.arc(x, y, 56, 0, 7);
      paint.fill();
      paint.fillStyle = '#fff';
      paint.font = 'bold 72px sans-serif';
      paint.textAlign = 'center';
      paint.textBaseline = 'middle';
      paint.fillText(String(i + 1), x, y + 4);
    });
    show(canvas, true);
  }

  async #toggleTorch() {
    this.#torchOn = !this.#torchOn;
    await this.#camera.torch(this.#torchOn)?.catch(() => (this.#torchOn = false));
    byId('torch').setAttribute('aria-pressed', String(this.#torchOn));
  }

  /** A page in a pocket needs no camera. */
  #rest() {
    if (document.hidden) {
      this.#camera.stop();
    } else if (settings.cameraOn && !this.#camera.running) {
      this.start();
    }
  }

  /** @param {string} problem empty: the picture, or the invitation to start it */
  #show(problem) {
    this.#problem = problem;
    const running = this.#camera.running;
    show(byId('video'), running);
    show(byId('camera-off'), !running);
    show(byId('torch'), running && this.#camera.hasTorch);
    byId('camera-help').textContent = t(problem ? `gate.camera.${problem}` : 'gate.camera.invite');
    byId('camera-status').textContent = t('gate.camera.held');
  }
}
