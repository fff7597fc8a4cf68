using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Listens to a reply until its end, from wherever the last connection stopped.</summary>
internal sealed class ReplyListener(PersistentClient client, LoadLog log)
{
    private const int DrainCode = 4000;
    private const string Request = "stream";

    /// <summary>A stream that says nothing for so long is given up. Comments do not count as words here: the model speaks all the time.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(45);

    public async Task ListenAsync(Turn turn, CancellationToken cancellationToken)
    {
        while (turn is { EndedAt: null, StreamFault: null })
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(SilenceLimit);
            try
            {
                using var response = await client.Api.OpenStreamAsync(turn.Accepted!.ReplyId, turn.Stream.LastEventId, silence.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                    await ReadAsync(turn, response, silence, cancellationToken);
                else if (response.StatusCode == HttpStatusCode.NoContent)
                    End(turn);
                else if (PersistentClient.MayPass(response.StatusCode))
                    await client.FailAsync(Request, $"{(int)response.StatusCode}", response.Headers.RetryAfter?.Delta, cancellationToken);
                else
                    turn.StreamFault = $"refused with {(int)response.StatusCode}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await client.FailAsync(Request, $"silent for {SilenceLimit.TotalSeconds:F0} s", null, cancellationToken);
            }
            catch (Exception exception) when (PersistentClient.IsConnectionFault(exception))
            {
                await client.FailAsync(Request, ConnectionFault.Describe(exception), null, cancellationToken);
            }
            catch (InvalidOperationException exception)
            {
                turn.StreamFault = exception.Message;
            }
        }
    }

    private async Task ReadAsync(Turn turn, HttpResponseMessage response, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        await foreach (var item in ApiEvent.ReadAsync(body, silence.Token))
        {
            silence.CancelAfter(SilenceLimit);
            if (item.Type == "closing")
            {
                await CloseAsync(item.Frame.GetProperty("code").GetInt32(), item.Frame.GetProperty("reconnectAfterMs").GetInt32(), cancellationToken);
                return;
            }

            turn.Hear(log.Clock.Now);
            turn.Stream.Add(item);
            if (!item.IsEnd)
                continue;
            End(turn);
            return;
        }

        await client.FailAsync(Request, "ended without an end", null, cancellationToken);
    }

    private async Task CloseAsync(int code, int reconnectAfterMs, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(reconnectAfterMs);
        if (code != DrainCode)
        {
            await client.FailAsync(Request, $"closing {code}", wait, cancellationToken);
            return;
        }

        client.Move();
        await Task.Delay(wait, TimeProvider.System, cancellationToken);
    }

    private void End(Turn turn)
    {
        var now = log.Clock.Now;
        turn.End(now);
        log.Ended(now);
    }
}
