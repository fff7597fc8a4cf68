using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// Reads a reply's stream to its end as a browser does: when the stream ends or breaks early it reconnects at the next gateway with the
/// last event id. Records each close, reset and resumption.
/// </summary>
internal sealed class FollowedReply(ClusterUser person, string replyId)
{
    private static readonly TimeSpan RepeatPeriod = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _firstText = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StreamedText Text { get; } = new();

    /// <summary>The number of streams and requests that were reset instead of ended regularly.</summary>
    public int ResetCount { get; private set; }

    /// <summary>The codes of the <c>closing</c> frames.</summary>
    public List<int> ClosingCodes { get; } = [];

    /// <summary>
    /// One entry for each reconnect after the first text: the length of the text until then, and the first frame with text after it.
    /// </summary>
    public List<Resumption> Resumptions { get; } = [];

    /// <summary>Completes when the first text has been received.</summary>
    public Task FirstTextReceived => _firstText.Task;

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
                // No server listens at this address.
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                ResetCount++;
            }

            person.MoveToNextGateway();
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>False when the stream has to be resumed.</summary>
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
                var status = item.Frame.TryGetProperty("status", out var value) ? value.GetString() : null;
                Resumptions.Add(new Resumption(hadLength, item.Type, offset, status));
                hadLength = 0;
            }

            if (item.Type == "closing")
                ClosingCodes.Add(item.Frame.GetProperty("code").GetInt32());
            Text.Add(item);
            if (Text.Text.Length > 0)
                _firstText.TrySetResult();
        }

        return Text.End is not null;
    }
}
