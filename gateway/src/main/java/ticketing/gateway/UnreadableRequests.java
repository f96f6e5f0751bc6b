package ticketing.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import ticketing.web.Problem;

/**
 * Gives a body to the bare 4xx answers that the server makes before Spring sees a
 * request: one that is no HTTP, or whose URL or headers are too long or not valid.
 */
@Component
class UnreadableRequests implements NettyServerCustomizer {

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> {
			if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
				channel.pipeline().addAfter(NettyPipeline.HttpCodec, "unreadable-requests", new Explain());
			}
		});
	}

	private static final class Explain extends ChannelOutboundHandlerAdapter {

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			context.write(
					(message instanceof FullHttpResponse response && isBare(response)) ? explained(response) : message,
					promise);
		}

		private static boolean isBare(FullHttpResponse response) {
			return response.status().code() / 100 == 4 && !response.content().isReadable()
					&& !response.headers().contains(HttpHeaders.CONTENT_TYPE);
		}

		private static FullHttpResponse explained(FullHttpResponse bare) {
			HttpStatus status = HttpStatus.resolve(bare.status().code());
			byte[] body = GatewayProblems.body(Problem.of((status != null) ? status : HttpStatus.BAD_REQUEST));
			FullHttpResponse explained = new DefaultFullHttpResponse(bare.protocolVersion(), bare.status(),
					Unpooled.wrappedBuffer(body), bare.headers(), bare.trailingHeaders());
			explained.headers()
				.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
				.set(HttpHeaders.CONTENT_LENGTH, body.length)
				.set(HttpHeaders.CACHE_CONTROL, "no-store")
				.set("Content-Security-Policy", SecurityHeaders.CONTENT_SECURITY_POLICY)
				.set("X-Content-Type-Options", "nosniff");
			bare.release();
			return explained;
		}

	}

}
