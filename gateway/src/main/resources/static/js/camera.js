/**
 * The phone's camera as a scanner: opens it, looks for QR codes about eight times a second, and reports each code once
 * for as long as it stays in view. The browser's own BarcodeDetector reads them where it exists, zxing in a worker else.
 */
import { pages } from './api.js';
import { pause } from './dom.js';

/** @typedef {{text: string, corners: {x: number, y: number}[]}} Code in pixels of the frame */

/** Pixels of the square looked at: enough for a dense code at arm's length, little enough for a slow phone. */
const SIDE = 720;
const PAUSE_BETWEEN_FRAMES = 90;
/** A code counts as taken away when it has not been seen for this long, in milliseconds. */
const OUT_OF_VIEW = 1_500;

/** Why there is no picture: `insecure`, `refused`, `missing`, `busy`. */
export class CameraProblem extends Error {}

export class Camera {
  /** While false the camera keeps looking, but only to notice which codes are still there. */
  listening = true;
  /** The last frame looked at; its square is what the page shows. */
  frame = document.createElement('canvas');
  #video;
  #report;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {Map<string, number>} codes already reported, by when they were last seen */
  #held = new Map();

  /**
   * @param {HTMLVideoElement} video
   * @param {{onCodes: (codes: Code[]) => void, onHeld: (held: boolean) => void, onLost: () => void}} report
   *   `onCodes` gets the new ones in view, usually one
   */
  constructor(video, report) {
    this.#video = video;
    this.#report = report;
    this.frame.width = this.frame.height = SIDE;
  }

  get running() {
    return this.#stream !== null;
  }

  /** @param {string} [deviceId] absent: the one on the back @returns {Promise<void>} @throws {CameraProblem} */
  async start(deviceId) {
    this.stop();
    if (!navigator.mediaDevices) {
      throw new CameraProblem('insecure');
    }
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...which } });
    } catch (failure) {
      const { name } = /** @type {DOMException} */ (failure);
      if (name === 'OverconstrainedError' && deviceId) {
        return this.start(); // the camera chosen last time is gone
      }
      throw new CameraProblem(name === 'NotAllowedError' || name === 'SecurityError' ? 'refused'
        : name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy');
    }
    const stream = this.#stream;
    this.#track?.addEventListener('ended', () => {
      if (this.#stream === stream) {
        this.stop();
        this.#report.onLost();
      }
    });
    this.#video.srcObject = stream;
    await this.#video.play().catch(() => {});
    this.#look(stream);
  }

  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }

  /** Does not report this code until it has been out of view. @param {string} text */
  hold(text) {
    this.#held.set(text, performance.now());
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }

  get deviceId() {
    return this.#track?.getSettings().deviceId;
  }

  get hasTorch() {
    return Boolean(/** @type {any} */ (this.#track?.getCapabilities?.())?.torch);
  }

  /** @param {boolean} on */
  torch(on) {
    return this.#track?.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: on }] }));
  }

  /** @returns {Promise<{deviceId: string, label: string}[]>} */
  async all() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId);
  }

  /** @param {MediaStream} stream */
  async #look(stream) {
    const read = await codeReader();
    const paint = /** @type {CanvasRenderingContext2D} */ (this.frame.getContext('2d', { willReadFrequently: true }));
    while (this.#stream === stream) {
      const { videoWidth: width, videoHeight: height } = this.#video;
      if (width && !document.hidden) {
        const side = Math.min(width, height);
        paint.drawImage(this.#video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
        this.#sort(await read(this.frame).catch(() => []));
      }
      await pause(this.listening ? PAUSE_BETWEEN_FRAMES : 3 * PAUSE_BETWEEN_FRAMES);
    }
  }

  /** @param {Code[]} codes */
  #sort(codes) {
    const now = performance.now();
    const inView = new Map(codes.map((code) => [code.text, code]));
    for (const [text, seen] of this.#held) {
      if (inView.has(text)) {
        this.#held.set(text, now);
      } else if (now - seen > OUT_OF_VIEW) {
        this.#held.delete(text);
      }
    }
    if (!this.listening) {
      return;
    }
    const fresh = [...inView.values()].filter(({ text }) => !this.#held.has(text));
    this.#report.onHeld(inView.size > 0 && fresh.length === 0);
    if (fresh.length) {
      this.#report.onCodes(fresh);
    }
  }
}

/** @type {Promise<(frame: HTMLCanvasElement) => Promise<Code[]>> | undefined} */
let reader;
const codeReader = () => (reader ??= chooseReader());

async function chooseReader() {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  const formats = (await Detector?.getSupportedFormats().catch(() => [])) ?? [];
  return formats.includes('qr_code') ? nativeReader(new Detector({ formats: ['qr_code'] })) : workerReader();
}

/** @param {any} detector */
function nativeReader(detector) {
  return async (/** @type {HTMLCanvasElement} */ frame) => {
    const found = await detector.detect(frame);
    return found.filter((/** @type {any} */ code) => code.rawValue)
      .map((/** @type {any} */ code) => ({ text: code.rawValue, corners: code.cornerPoints }));
  };
}

function workerReader() {
  const worker = new Worker(pages.decodeWorker, { type: 'module' });
  return (/** @type {HTMLCanvasElement} */ frame) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (Array.isArray(data) ? resolve(data) : reject(new Error(data.failure)));
      worker.onerror = reject;
      const context = /** @type {CanvasRenderingContext2D} */ (frame.getContext('2d'));
      const picture = context.getImageData(0, 0, frame.width, frame.height);
      worker.postMessage(picture, [picture.data.buffer]);
    });
}
