using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Http;

/// <summary>Many concurrent users, each with one post in flight, for some time; then waits for the last reply.</summary>
internal static class PostLoad
{
    private const int ListenerCount = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<LoadFigures> RunAsync(StandaloneSite site, BenchArguments arguments, CancellationToken cancellationToken)
    {
        var people = new List<LoadUser>();
        try
        {
            for (var i = 0; i < arguments.InFlight + ListenerCount; i++)
                people.Add(await LoadUser.SignInAsync(site, cancellationToken));
            var posters = people[ListenerCount..];

            await Task.WhenAll(posters.Select(person => PostForAsync(person, WarmUp, new Latencies(), cancellationToken)));
            await Task.WhenAll(posters.Select(person => person.WaitForRepliesAsync(cancellationToken)));
            return await MeasureAsync(site, posters, people[..ListenerCount], TimeSpan.FromSeconds(arguments.Seconds), cancellationToken);
        }
        finally
        {
            people.ForEach(person => person.Dispose());
        }
    }

    private static async Task<LoadFigures> MeasureAsync(
        StandaloneSite site, List<LoadUser> posters, List<LoadUser> listeners, TimeSpan duration, CancellationToken cancellationToken)
    {
        var posts = new Latencies();
        var firstTexts = new Latencies();
        var processorBefore = site.Process.ProcessorTime;
        var start = TimeProvider.System.GetTimestamp();

        var listening = listeners.Select(person => ListenForAsync(person, duration, firstTexts, cancellationToken)).ToList();
        await Task.WhenAll(posters.Select(person => PostForAsync(person, duration, posts, cancellationToken)));
        var postingTime = TimeProvider.System.GetElapsedTime(start);

        await Task.WhenAll(posters.Select(person => person.WaitForRepliesAsync(cancellationToken)));
        await Task.WhenAll(listening);
        return new LoadFigures(
            posts, firstTexts, postingTime, TimeProvider.System.GetElapsedTime(start), site.Process.ProcessorTime - processorBefore);
    }

    private static async Task PostForAsync(LoadUser person, TimeSpan duration, Latencies posts, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
            posts.Add(await person.PostAsync(cancellationToken));
    }

    private static async Task ListenForAsync(
        LoadUser person, TimeSpan duration, Latencies firstTexts, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
            firstTexts.Add(await person.PostAndReadAsync(cancellationToken));
    }
}
