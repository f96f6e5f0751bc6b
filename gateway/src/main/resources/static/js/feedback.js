/** Sound and vibration of a verdict. Called when the server has answered, never before. */
import { look } from './verdicts.js';

/** @type {AudioContext | undefined} */
let audio;

/** Browsers let a page sound only after a touch or key, so the first of those prepares it. */
export function prepareSound() {
  const wake = () => {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') {
      audio.resume().catch(() => {});
    }
  };
  addEventListener('pointerdown', wake);
  addEventListener('keydown', wake);
}

/** @param {string} verdict @param {boolean} sound */
export function signal(verdict, sound) {
  const { tune, buzz } = look(verdict);
  if (navigator.userActivation?.hasBeenActive) {
    navigator.vibrate?.(buzz);
  }
  if (!sound || audio?.state !== 'running') {
    return;
  }
  let at = audio.currentTime + 0.01;
  for (const [hertz, milliseconds] of tune) {
    const end = at + milliseconds / 1000;
    if (hertz) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.type = hertz < 300 ? 'square' : 'triangle';
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.4, at + 0.01);
      volume.gain.exponentialRampToValueAtTime(0.0001, end);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(end);
    }
    at = end;
  }
}
