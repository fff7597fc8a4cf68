using System.Collections.Immutable;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Responds with the stream of one reply, or of several replies that are generated one after the other.</summary>
/// <param name="replies">The replies of one conversation, in the order in which they are generated.</param>
/// <param name="resumeFrom">The text that the client has.</param>
/// <param name="areNew">True when the request has created the replies: each is then streamed from its beginning.</param>
internal sealed class ReplyStreamResult(ImmutableArray<Reply> replies, ReplyCursor? resumeFrom, bool areNew = false) : IResult
{
    public static bool IsRequested(HttpRequest request) => request.GetTypedHeaders().Accept
        .Any(accepted => accepted.MediaType.Equals(SseWriter.ContentType, StringComparison.OrdinalIgnoreCase));

    public Task ExecuteAsync(HttpContext context) => context.RequestServices.GetRequiredService<ReplyConnectionFactory>()
        .Create(context, [.. replies.Select(reply => new StreamedReply(reply, resumeFrom, areNew))])
        .RunAsync();
}
