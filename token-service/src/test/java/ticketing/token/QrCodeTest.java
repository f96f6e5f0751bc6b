package ticketing.token;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ticketing.web.QrCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QrCodeTest {

	private static final String TEXT = "http://localhost:8080/t#"
			+ "eyJhbGciOiJFUzI1NiIsImtpZCI6".repeat(7).substring(0, 192);

	private final QrCode code = QrCode.of(TEXT);

	@ParameterizedTest
	@ValueSource(ints = { 150, 200, 333, 512, 777, 1024, 2048 })
	void pngCanBeReadLikeAPhotograph(int size) throws IOException, ReaderException {
		assertThat(read(image(this.code.png(size)), Map.of())).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 64, 73, 100, 137 })
	void pngOfOnePixelForEachModuleCanStillBeRead(int size) throws IOException, ReaderException {
		assertThat(read(image(this.code.png(size)), Map.of(DecodeHintType.PURE_BARCODE, true))).isEqualTo(TEXT);
	}

	@Test
	void pngHasOneBitForEachPixel() throws IOException {
		byte[] png = this.code.png(512);
		assertThat(image(png).getColorModel().getPixelSize()).isEqualTo(1);
		assertThat(png).hasSizeLessThan(3000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 73, 200, 512, 2047, 2048 })
	void pngIsAsLargeAsAskedFor(int size) throws IOException {
		BufferedImage image = image(this.code.png(size));
		assertThat(image.getWidth()).isEqualTo(size);
		assertThat(image.getHeight()).isEqualTo(size);
	}

	@Test
	void pngIsAsSmallAsTheCodeAllowsWhereItDoesNotFit() throws IOException {
		assertThat(image(this.code.png(64)).getWidth()).isEqualTo(modules() + 8);
	}

	@Test
	void everyModuleIsTheSameNumberOfPixelsWithFourModulesOfQuietAround() throws IOException {
		BufferedImage image = image(this.code.png(512));
		int scale = 512 / (modules() + 8);
		int margin = (512 - modules() * scale) / 2;
		assertThat(margin).isGreaterThanOrEqualTo(4 * scale);
		for (int y = 0; y < 512; y++) {
			for (int x = 0; x < 512; x++) {
				boolean quiet = x < margin || y < margin || x >= margin + modules() * scale
						|| y >= margin + modules() * scale;
				int expected = quiet ? 0xFFFFFFFF : image.getRGB(x - (x - margin) % scale, y - (y - margin) % scale);
				assertThat(image.getRGB(x, y)).isEqualTo(expected);
			}
		}
	}

	@Test
	void svgIsOnePathOnWhiteThatCanBeRead() throws ReaderException {
		String svg = this.code.svg(300);
		assertThat(svg).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"300\"")
			.contains("fill=\"#fff\"")
			.containsOnlyOnce("<path");
		assertThat(read(painted(svg), Map.of())).isEqualTo(TEXT);
	}

	@Test
	void longestTextStillScansWell() {
		assertThat(QrCode.of("x".repeat(QrCode.MAX_BYTES)).version()).isEqualTo(QrCode.MAX_VERSION);
		assertThat(QrCode.of("x".repeat(QrCode.MAX_BYTES + 1)).version()).isGreaterThan(QrCode.MAX_VERSION);
	}

	@Test
	void longestPublicUrlMakesTheDensestCode() {
		String url = "https://" + "a".repeat(TokenProperties.MAX_URL_LENGTH - 8);
		assertThat(QrCode.of(url + "/t#" + "T".repeat(TokenSigner.LENGTH)).version()).isEqualTo(QrCode.MAX_VERSION);
	}

	@Test
	void usualPublicUrlMakesALighterOne() {
		assertThat(this.code.version()).isEqualTo(11);
	}

	@Test
	void textThatFitsNoCodeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of("x".repeat(3000)));
	}

	private int modules() {
		return 17 + 4 * this.code.version();
	}

	private static BufferedImage image(byte[] png) throws IOException {
		return ImageIO.read(new ByteArrayInputStream(png));
	}

	// five pixels for each unit of the path
	private static BufferedImage painted(String svg) {
		Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(svg);
		assertThat(box.find()).isTrue();
		int side = Integer.parseInt(box.group(1)) * 5;
		BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, side, side);
		graphics.setColor(Color.BLACK);
		Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z").matcher(svg);
		while (run.find()) {
			graphics.fillRect(Integer.parseInt(run.group(1)) * 5, Integer.parseInt(run.group(2)) * 5,
					Integer.parseInt(run.group(3)) * 5, 5);
		}
		graphics.dispose();
		return image;
	}

	private static String read(BufferedImage image, Map<DecodeHintType, ?> hints) throws ReaderException {
		int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
		LuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
		return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
	}

}
