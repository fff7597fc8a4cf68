using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>How long one person waits when nobody else is there.</summary>
internal static class IdleProbe
{
    /// <summary>The first ones pay for what is compiled and opened once.</summary>
    private const int WarmUpCount = 50;

    public static async Task<IdleFigures> RunAsync(StandaloneSite site, int samples, CancellationToken cancellationToken)
    {
        using var person = await LoadPerson.ArriveAsync(site, cancellationToken);
        for (var i = 0; i < WarmUpCount; i++)
            await person.PostAndListenAsync(cancellationToken);

        var firstTexts = new Latencies();
        for (var i = 0; i < samples; i++)
            firstTexts.Add(await person.PostAndListenAsync(cancellationToken));

        // Each waits for its reply, so that the next finds an idle server again.
        var posts = new Latencies();
        for (var i = 0; i < samples; i++)
        {
            posts.Add(await person.PostAsync(cancellationToken));
            await person.UntilAnsweredAsync(cancellationToken);
        }

        return new IdleFigures(posts, firstTexts);
    }
}
