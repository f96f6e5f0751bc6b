package ticketing.local;

import java.util.Map;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/**
 * A QR code as text: two modules above each other in a character.
 */
final class TerminalQr {

	// Most terminals are dark: what is printed is light, and the margin is printed.
	private static final int MARGIN = 2;

	private TerminalQr() {
	}

	/**
	 * @param text what phones shall read
	 * @return lines of half blocks, light modules drawn
	 */
	static String of(String text) {
		BitMatrix matrix = matrix(text);
		StringBuilder lines = new StringBuilder();
		for (int y = 0; y < matrix.getHeight(); y += 2) {
			for (int x = 0; x < matrix.getWidth(); x++) {
				lines.append(block(isLight(matrix, x, y), isLight(matrix, x, y + 1)));
			}
			lines.append(System.lineSeparator());
		}
		return lines.toString();
	}

	private static BitMatrix matrix(String text) {
		try {
			return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, MARGIN));
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static boolean isLight(BitMatrix matrix, int x, int y) {
		return y >= matrix.getHeight() || !matrix.get(x, y);
	}

	private static char block(boolean upper, boolean lower) {
		if (upper) {
			return lower ? '█' : '▀';
		}
		return lower ? '▄' : ' ';
	}

}
