using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>Measures the latencies of a single user.</summary>
internal static class IdleProbe
{
    /// <summary>Uncounted requests, which pay for compilation and opening connections.</summary>
    private const int WarmUpCount = 50;

    public static async Task<IdleFigures> RunAsync(StandaloneSite site, int samples, CancellationToken cancellationToken)
    {
        using var person = await LoadUser.SignInAsync(site, cancellationToken);
        for (var i = 0; i < WarmUpCount; i++)
            await person.PostAndReadAsync(cancellationToken);

        var firstTexts = new Latencies();
        for (var i = 0; i < samples; i++)
            firstTexts.Add(await person.PostAndReadAsync(cancellationToken));

        // Wait for each reply, so that the server is idle at the next post.
        var posts = new Latencies();
        for (var i = 0; i < samples; i++)
        {
            posts.Add(await person.PostAsync(cancellationToken));
            await person.WaitForRepliesAsync(cancellationToken);
        }

        return new IdleFigures(posts, firstTexts);
    }
}
