using System.Net;
using JubileeVerse.Rules;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>Reads the stream of a reply to its end, and resumes it after a disconnect.</summary>
internal sealed class ReplyFollower(PersistentClient client, LoadLog log)
{
    private const string Request = "stream";

    /// <summary>
    /// A stream without a frame for this long is abandoned. Comments do not count, because the model sends text continuously.
    /// </summary>
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(45);

    public async Task FollowAsync(Turn turn, CancellationToken cancellationToken)
    {
        while (turn is { EndedAt: null, StreamFault: null })
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            silence.CancelAfter(SilenceTimeout);
            try
            {
                using var response = await client.Api.OpenStreamAsync(turn.Accepted!.ReplyId, turn.Stream.LastEventId, silence.Token);
                if (response.StatusCode == HttpStatusCode.OK)
                    await ReadAsync(turn, response, silence, cancellationToken);
                else if (response.StatusCode == HttpStatusCode.NoContent)
                    End(turn);
                else if (PersistentClient.IsTransient(response.StatusCode))
                    await client.FailAsync(Request, $"{(int)response.StatusCode}", response.Headers.RetryAfter?.Delta, cancellationToken);
                else
                    turn.StreamFault = $"refused with {(int)response.StatusCode}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await client.FailAsync(Request, $"silent for {SilenceTimeout.TotalSeconds:F0} s", null, cancellationToken);
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

    private async Task ReadAsync(
        Turn turn, HttpResponseMessage response, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        await foreach (var item in ApiEvent.ReadAsync(body, silence.Token))
        {
            silence.CancelAfter(SilenceTimeout);
            if (item.Type == "closing")
            {
                var (code, delay) = (item.Frame.GetProperty("code").GetInt32(), item.Frame.GetProperty("reconnectAfterMs").GetInt32());
                await CloseAsync(code, delay, cancellationToken);
                return;
            }

            turn.RecordFrame(log.Clock.Now);
            turn.Stream.Add(item);
            if (!item.IsEnd)
                continue;
            End(turn);
            return;
        }

        await client.FailAsync(Request, "closed without a final frame", null, cancellationToken);
    }

    private async Task CloseAsync(int code, int reconnectAfterMs, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(reconnectAfterMs);
        if (code != CloseCodes.Drain)
        {
            await client.FailAsync(Request, $"closing {code}", wait, cancellationToken);
            return;
        }

        client.SwitchGateway();
        await Task.Delay(wait, TimeProvider.System, cancellationToken);
    }

    private void End(Turn turn)
    {
        var now = log.Clock.Now;
        turn.End(now);
        log.Ended(now);
    }
}
