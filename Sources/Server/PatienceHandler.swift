internal import NIOCore
internal import NIOHTTPTypes

/// Puts out a connection on which nothing whole has come or gone for a while: one that is idle, that
/// drips its header, or that does not take its answer.
///
/// A body has its own, shorter time in the ``Gate``; a stream that is taken may last. When the server
/// stops, what is under way has a few seconds: a screen that fell off the network holds nobody up.
final class PatienceHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let grace = TimeAmount.seconds(5)

    private let patience: TimeAmount
    private var last = NIODeadline.now()
    private var underWay = 0
    private var task: Scheduled<Void>?

    init(patience: TimeAmount) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { look(context, after: patience) }
    }

    func channelActive(context: ChannelHandlerContext) {
        if task == nil { look(context, after: patience) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        task?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { task?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            underWay += 1
            last = .now()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            underWay -= 1
            last = .now()
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        last = .now()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            task?.cancel()
            task = context.eventLoop.assumeIsolated().scheduleTask(in: Self.grace) {
                context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func look(_ context: ChannelHandlerContext, after time: TimeAmount) {
        task = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
            let quiet = NIODeadline.now() - last
            let isWaiting = underWay <= 0 || !context.channel.isWritable
            if isWaiting, quiet >= patience {
                context.close(promise: nil)
            } else {
                look(context, after: isWaiting ? patience - quiet : patience)
            }
        }
    }
}
