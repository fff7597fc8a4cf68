using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// Reads a reply's stream to its end as a browser does: when the stream ends or breaks early it comes back, at the next gateway, with
/// the last id. Remembers how it was treated.
/// </summary>
internal sealed class FollowedReply(ClusterPerson person, string replyId)
{
    private static readonly TimeSpan RepeatPeriod = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _speaking = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamedText Text { get; } = new();

    /// <summary>Streams and requests that broke, where they should have ended.</summary>
    public int ResetCount { get; private set; }

    /// <summary>Codes of the <c>closing</c> frames.</summary>
    public List<int> ClosingCodes { get; } = [];

    /// <summary>For each return with some text: what it had, and the first text it was sent then.</summary>
    public List<Resumption> Resumptions { get; } = [];

    /// <summary>Ends when some of the text has come.</summary>
    public Task Speaking => _speaking.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RepeatPeriod);
        while (true)
        {
            try
            {
                if (await ReadAsync(cancellationToken))
                    return;
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
            {
                // Nobody listens there.
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                ResetCount++;
            }

            person.MoveOn();
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>False when it has to come back.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var response = await person.Api.OpenStreamAsync(replyId, Text.LastEventId, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            return response.StatusCode == HttpStatusCode.NoContent;

        var hadLength = Text.Text.Length;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in ApiEvent.ReadAsync(body, cancellationToken))
        {
            if (hadLength > 0 && item.Type is "snapshot" or "ai-response-delta")
            {
                var offset = item.Frame.TryGetProperty("textOffset", out var at) ? at.GetInt32() : 0;
                var status = item.Frame.TryGetProperty("status", out var told) ? told.GetString() : null;
                Resumptions.Add(new Resumption(hadLength, item.Type, offset, status));
                hadLength = 0;
            }

            if (item.Type == "closing")
                ClosingCodes.Add(item.Frame.GetProperty("code").GetInt32());
            Text.Add(item);
            if (Text.Text.Length > 0)
                _speaking.TrySetResult();
        }

        return Text.End is not null;
    }
}
