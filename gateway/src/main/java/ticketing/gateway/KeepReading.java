package ticketing.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Reads on after every answer. Reactor Netty 1.3.7 forgets to when a request came before
 * the answer to the one before it was ended and is itself answered at once, by a page or
 * a refusal of ours: the connection then hears nothing any more. A fast client needs no
 * more for it than to know by its length that an answer is whole.
 *
 * @see <a href="https://github.com/reactor/reactor-netty/issues/4361">Issue 4361</a>
 */
@Component
class KeepReading implements NettyServerCustomizer {

	@Override
	public HttpServer apply(HttpServer server) {
		// nor does it then look for connections that nobody uses
		return server.childOption(ChannelOption.SO_KEEPALIVE, true).doOnChannelInit((observer, channel, remote) -> {
			if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
				channel.pipeline().addAfter(NettyPipeline.HttpTrafficHandler, "keep-reading", new ReadOn());
			}
		});
	}

	private static final class ReadOn extends ChannelOutboundHandlerAdapter {

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			context.write(message, promise);
			if (message instanceof LastHttpContent) {
				// after what the end of the answer itself has put in the queue
				context.executor().execute(() -> context.executor().execute(context::read));
			}
		}

	}

}
