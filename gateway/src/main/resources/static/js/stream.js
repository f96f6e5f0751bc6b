/**
 * Server-sent events read by `fetch`, because the browser's own EventSource cannot send the header with the access
 * code, and a code in the URL would end in logs.
 */
import { pause } from './dom.js';

/** The server says something every 15 s; after this long without a byte the line is dead, in milliseconds. */
const SILENCE = 40_000;
const LONGEST_WAIT = 20_000;

/**
 * Follows a stream until `signal` ends it, reconnecting with growing pauses.
 * @param {{path: string, headers: Record<string, string>}} source
 * @param {{onEvent: (name: string, data: any) => void, onLine: (connected: boolean) => void, signal: AbortSignal}} listener
 * @returns {Promise<void>} ends when aborted, or when the server refuses for good (4xx)
 */
export async function follow(source, { onEvent, onLine, signal }) {
  let wait = 1_000;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    signal.addEventListener('abort', end);
    let watchdog = setTimeout(end, SILENCE);
    try {
      const response = await fetch(source.path, {
        headers: { Accept: 'text/event-stream', ...source.headers }, cache: 'no-store', signal: attempt.signal,
      });
      if (response.status >= 400 && response.status < 500 && response.status !== 429) {
        onLine(false);
        return;
      }
      if (response.ok && response.body) {
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        const parse = parser(onEvent);
        onLine(true);
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
          wait = 1_000;
          clearTimeout(watchdog);
          watchdog = setTimeout(end, SILENCE);
          parse(chunk.value);
        }
      }
    } catch {
      // the line broke; the next round tries again
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', end);
    }
    if (!signal.aborted) {
      onLine(false);
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }
}

/** @param {(name: string, data: any) => void} onEvent @returns {(text: string) => void} fed with text as it comes */
function parser(onEvent) {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      let name = 'message';
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        const [, field, value] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
        if (field === 'event') {
          name = value;
        } else if (field === 'data') {
          data.push(value);
        }
      }
      if (data.length) {
        onEvent(name, JSON.parse(data.join('\n')));
      }
    }
  };
}
