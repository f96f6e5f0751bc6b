package ticketing.web;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;

/**
 * A QR code of level M with a quiet zone of four modules, as PNG or SVG.
 */
public final class QrCode {

	/** Densest version that scans well from a telephone's screen. */
	public static final int MAX_VERSION = 12;

	/** What fits into {@link #MAX_VERSION} at level M. */
	public static final int MAX_BYTES = 287;

	/** Fewest pixels of a side that may be asked for. */
	public static final int MIN_SIZE = 64;

	/** Most pixels of a side that may be asked for. */
	public static final int MAX_SIZE = 2048;

	private static final int QUIET_ZONE = 4;

	private static final byte[] PNG_SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

	private final int version;

	private final ByteMatrix modules;

	private QrCode(QRCode code) {
		this.version = code.getVersion().getVersionNumber();
		this.modules = code.getMatrix();
	}

	/**
	 * Encodes a text.
	 * @param text ASCII
	 * @return its code
	 */
	public static QrCode of(String text) {
		try {
			return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.M));
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("the text does not fit into a QR code", ex);
		}
	}

	/**
	 * How dense it is.
	 * @return 1 to 40
	 */
	public int version() {
		return this.version;
	}

	/**
	 * Draws it with one bit per pixel. Each module is the same whole number of pixels,
	 * and the rest of the size is margin; where not even one pixel each fits, the image
	 * is larger than asked for. Written by hand because AWT takes many times the time,
	 * loads native libraries and is not on every JRE.
	 * @param size pixels
	 * @return a PNG
	 */
	public byte[] png(int size) {
		int count = this.modules.getWidth();
		int side = Math.max(size, count + 2 * QUIET_ZONE);
		int scale = side / (count + 2 * QUIET_ZONE);
		int margin = (side - count * scale) / 2;
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(png)) {
			out.write(PNG_SIGNATURE);
			// bit depth 1, greyscale, and the only compression, filter and order of rows
			chunk(out, "IHDR",
					ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[] { 1, 0, 0, 0, 0 }).array());
			chunk(out, "IDAT", pixels(side, scale, margin));
			chunk(out, "IEND", new byte[0]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return png.toByteArray();
	}

	/**
	 * Draws it as one path on white, so that it scans on a dark page too.
	 * @param size pixels it takes where nothing else is said
	 * @return an SVG
	 */
	public String svg(int size) {
		int count = this.modules.getWidth();
		int side = count + 2 * QUIET_ZONE;
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < count; y++) {
			for (int x = 0; x < count; x++) {
				int from = x;
				while (x < count && this.modules.get(x, y) == 1) {
					x++;
				}
				if (x > from) {
					path.append('M').append(from + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
					path.append('h').append(x - from).append("v1h").append(from - x).append('z');
				}
			}
		}
		return """
				<svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%1$d" viewBox="0 0 %2$d %2$d" \
				shape-rendering="crispEdges"><rect width="%2$d" height="%2$d" fill="#fff"/><path d="%3$s"/></svg>
				""".formatted(size, side, path);
	}

	private byte[] pixels(int side, int scale, int margin) throws IOException {
		ByteArrayOutputStream pixels = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = new DeflaterOutputStream(pixels)) {
			byte[] row = new byte[1 + (side + 7) / 8];
			for (int y = 0; y < side; y++) {
				if (y == 0 || (y - margin) % scale == 0) {
					fill(row, Math.floorDiv(y - margin, scale), scale, margin);
				}
				out.write(row);
			}
		}
		return pixels.toByteArray();
	}

	// the first byte names the row's filter, none; then one bit per pixel, 1 is white
	private void fill(byte[] row, int y, int scale, int margin) {
		Arrays.fill(row, 1, row.length, (byte) 0xff);
		if (y < 0 || y >= this.modules.getHeight()) {
			return;
		}
		for (int x = 0; x < this.modules.getWidth() * scale; x++) {
			if (this.modules.get(x / scale, y) == 1) {
				int pixel = margin + x;
				row[1 + pixel / 8] &= (byte) ~(0x80 >> (pixel % 8));
			}
		}
	}

	private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 crc = new CRC32();
		crc.update(name);
		crc.update(data);
		out.writeInt(data.length);
		out.write(name);
		out.write(data);
		out.writeInt((int) crc.getValue());
	}

}
