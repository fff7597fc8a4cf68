using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Sse;

/// <summary>Responds with the events of a connection until it ends.</summary>
internal sealed class EventStreamResult(EventConnection connection, Connected greeting) : IResult
{
    public Task ExecuteAsync(HttpContext context) => connection.RunAsync(greeting);
}
