internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Answers requests for published pages on the connection's own thread: nothing of them has to wait,
/// so that a hall's phones cost what the socket costs.
///
/// Whatever else is asked goes on to the ``Gate``, and so does a page that is asked with a body, while an earlier answer on the
/// same connection is still under way, or while the other end does not take what it was sent.
final class PageHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let pages: PublishedPages
    /// Requests that went on and are not answered yet.
    private var underWay = 0
    /// The page that is answered when the request has come to its end.
    private var page: PublishedPages.Answer?
    private var mustFlush = false

    init(_ pages: PublishedPages) { self.pages = pages }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            if underWay == 0, context.channel.isWritable,
                request.headerFields[.connection] == nil, !Gate.hasBody(request.headerFields),
                let found = pages.answer(to: request)
            {
                page = found
                return
            }
            underWay += 1
        case .body where page != nil: return
        case .body: break
        case .end:
            guard let page else { break }
            self.page = nil
            context.write(wrapOutboundOut(.head(page.head)), promise: nil)
            if let body = page.body {
                context.write(wrapOutboundOut(.body(body)), promise: nil)
            }
            context.write(wrapOutboundOut(.end(nil)), promise: nil)
            mustFlush = true
            return
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if mustFlush {
            mustFlush = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { underWay -= 1 }
        context.write(data, promise: promise)
    }
}
