package ticketing.local;

import java.util.Arrays;
import java.util.List;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalQrTest {

	private static final int SCALE = 4;

	@Test
	void itIsReadFromADarkTerminal() throws Exception {
		assertThat(read(TerminalQr.of("https://192.168.178.20:8080").lines().toList()))
			.isEqualTo("https://192.168.178.20:8080");
	}

	@Test
	void itFitsIntoASmallTerminal() {
		List<String> lines = TerminalQr.of("https://192.168.178.200:18080").lines().toList();
		assertThat(lines).hasSizeLessThanOrEqualTo(23).allMatch((line) -> line.length() <= 80);
	}

	private static String read(List<String> lines) throws Exception {
		int width = (lines.get(0).length() + 8) * SCALE;
		int height = (lines.size() * 2 + 8) * SCALE;
		int[] pixels = new int[width * height];
		Arrays.fill(pixels, 0);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++) {
				pixels[y * width + x] = isLight(lines, x / SCALE - 4, y / SCALE - 4) ? 0xFFFFFF : 0;
			}
		}
		return new QRCodeReader()
			.decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
			.getText();
	}

	private static boolean isLight(List<String> lines, int x, int y) {
		if (y < 0 || y >= lines.size() * 2 || x < 0 || x >= lines.get(0).length()) {
			return false;
		}
		char block = lines.get(y / 2).charAt(x);
		return block == '█' || block == ((y % 2 == 0) ? '▀' : '▄');
	}

}
