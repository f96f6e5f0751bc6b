package ticketing.local;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import javax.imageio.ImageIO;

/**
 * What the browser's camera sees: a Motion JPEG of one frame that Chromium maps into
 * memory and films over and over. Every frame is padded to one size and written in place,
 * so a camera that is running sees the change.
 */
final class FakeCamera {

	private static final int WIDTH = 640;

	private static final int HEIGHT = 480;

	private static final int QR = 360;

	private static final int FRAME_BYTES = 120_000;

	private static final int LONGEST_COMMENT = 60_000;

	private final Path file;

	FakeCamera(Path file) {
		this.file = file.toAbsolutePath();
		try {
			Files.createDirectories(this.file.getParent());
			Files.write(this.file, new byte[FRAME_BYTES]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		seeNothing();
	}

	Path file() {
		return this.file;
	}

	void seeNothing() {
		film(emptyRoom());
	}

	/**
	 * Holds a picture, such as the screenshot of a phone, into the camera.
	 * @param png the picture
	 */
	void see(byte[] png) {
		try {
			BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
			BufferedImage room = emptyRoom();
			Graphics2D graphics = room.createGraphics();
			graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
			graphics.drawImage(picture, (WIDTH - QR) / 2, (HEIGHT - QR) / 2, QR, QR, null);
			graphics.dispose();
			film(room);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static BufferedImage emptyRoom() {
		BufferedImage room = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = room.createGraphics();
		graphics.setColor(Color.WHITE);
		graphics.fillRect(0, 0, WIDTH, HEIGHT);
		graphics.dispose();
		return room;
	}

	private void film(BufferedImage image) {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
			ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
			ImageIO.write(image, "jpeg", jpeg);
			channel.write(padded(jpeg.toByteArray()), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The same picture in exactly as many bytes as every other: with comments at its
	 * start.
	 */
	private static ByteBuffer padded(byte[] jpeg) {
		ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
		frame.put(jpeg, 0, 2);
		int missing = FRAME_BYTES - jpeg.length;
		while (missing > 0) {
			int comment = (missing > LONGEST_COMMENT) ? LONGEST_COMMENT / 2 : missing;
			frame.putShort((short) 0xFFFE).putShort((short) (comment - 2)).put(new byte[comment - 4]);
			missing -= comment;
		}
		return frame.put(jpeg, 2, jpeg.length - 2).flip();
	}

}
