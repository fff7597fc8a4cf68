using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime.Events;

/// <summary>Answers with the events of a link, for as long as it lives.</summary>
internal sealed class EventStreamResult(EventLink link, Connected greeting) : IResult
{
    public Task ExecuteAsync(HttpContext context) => link.RunAsync(greeting);
}
