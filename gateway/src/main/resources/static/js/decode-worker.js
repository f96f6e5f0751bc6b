/** Reads QR codes out of pictures, off the main thread so that the page stays quick under the thumb. */
import { prepareZXingModule, readBarcodes } from '/vendor/zxing-wasm/es/reader/index.js';

// without this the library would fetch its wasm from a foreign host
prepareZXingModule({ overrides: { locateFile: (/** @type {string} */ file) => `/vendor/zxing-wasm/reader/${file}` } });

const OPTIONS = {
  formats: ['QRCode'], tryHarder: true, tryInvert: true, maxNumberOfSymbols: 4, textMode: 'Plain',
};

addEventListener('message', async ({ data }) => {
  try {
    const found = await readBarcodes(data, OPTIONS);
    postMessage(found.filter(({ isValid, text }) => isValid && text).map(({ text, position }) => ({
      text, corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
    })));
  } catch (failure) {
    postMessage({ failure: String(failure) });
  }
});
