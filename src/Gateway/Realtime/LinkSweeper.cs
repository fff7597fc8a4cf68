using Microsoft.Extensions.Options;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>
/// Looks at every link once a second, so that none needs a timer: closes those whose client does not read, and lets the others beat. And at the
/// streams of replies, whether they may go on.
/// </summary>
internal sealed partial class LinkSweeper(
    LinkPump pump,
    ReplyStreamTerms streams,
    IOptions<DeliveryOptions> delivery,
    IOptions<LinkOptions> links,
    TimeProvider time,
    ILogger<LinkSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>One look at all of them.</summary>
    public void Sweep()
    {
        Try(streams.Check);
        foreach (var link in pump.Links)
            Try(() => Sweep(link));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Sweep();
    }

    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception exception)
        {
            LogSweepFailed(exception);
        }
    }

    private void Sweep(Link link)
    {
        var stalled = link.StalledFor;
        if (stalled == TimeSpan.Zero)
        {
            link.Beat();
            return;
        }

        var behind = link.Subscriptions.BehindBytes;
        if (stalled < delivery.Value.WriteTimeout && behind <= links.Value.MaxBehindBytes)
            return;
        LogSlow(link.Connection.UserId.ToString(), CloseCodes.Slow, behind, stalled);
        link.GiveUp(CloseCodes.Slow);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A link of user {User} was cut with {Code}: it is {Bytes} bytes behind and has taken nothing for {Stalled}.")]
    private partial void LogSlow(string user, int code, long bytes, TimeSpan stalled);

    // One link's fault must not stop the look at all others.
    [LoggerMessage(Level = LogLevel.Error, Message = "A link could not be looked at.")]
    private partial void LogSweepFailed(Exception exception);
}
